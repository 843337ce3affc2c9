/**
 * GitHub's own record of the deliveries it sent us, and sending one again. Only the app itself may ask
 * (its JWT); servers without this part of the API refuse. How it is asked is in hook-deliveries.ts.
 */
/** One try of GitHub to deliver; a GUID may have several. */
export interface HookDelivery {
  /** Digits: ids are beyond what a number can hold. */
  readonly id: string;
  readonly guid: string;
  readonly at: Date;
  /** Of our answer; 0 where there was none. */
  readonly status: number;
  /** Without action: `issue_comment`. */
  readonly event: string;
  readonly installation: number | undefined;
}

export interface HookPage {
  readonly deliveries: readonly HookDelivery[];
  /** Asks for the next page; undefined on the last one. */
  readonly next: string | undefined;
}

export interface Hook {
  /**
   * Newest first, 100 a page. A server that does not know `status` lists all: look at the status of each.
   * @throws RefusedError, GoneError where the app may not ask this
   */
  list(query: {
    readonly status: "success" | "failure";
    readonly cursor?: string | undefined;
  }): Promise<HookPage>;
  /** @returns false when GitHub does not have it any more */
  redeliver(id: string): Promise<boolean>;
}
