/**
 * GitHub's own record of the deliveries it sent us, and sending one again. Only the app itself may ask
 * (its JWT); servers without this part of the API refuse.
 */
import { z } from "zod";
import type { Ask } from "./ask.js";

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

/** A number that has lost its last digits names another delivery. */
const ID = z
  .union([z.bigint(), z.number().refine(Number.isSafeInteger), z.string().regex(/^\d+$/)])
  .transform(String);
const LIST = z.array(
  z.object({
    id: ID,
    guid: z.string(),
    delivered_at: z.iso.datetime({ offset: true }),
    status_code: z.number(),
    event: z.string(),
    installation_id: z.number().nullish(),
  }),
);

export function createHook(asApp: Ask): Hook {
  return {
    async list({ status, cursor }) {
      const answer = await asApp({
        route: "GET /app/hook/deliveries",
        parameters: { per_page: 100, status, ...(cursor !== undefined && { cursor }) },
        schema: LIST,
      });
      if (!answer.ok) return { deliveries: [], next: undefined };
      const deliveries = answer.data.map((one) => ({
        id: one.id,
        guid: one.guid,
        at: new Date(one.delivered_at),
        status: one.status_code,
        event: one.event,
        installation: typeof one.installation_id === "number" ? one.installation_id : undefined,
      }));
      return { deliveries, next: cursorOf(answer.headers.link) };
    },

    async redeliver(id) {
      const answer = await asApp({
        route: "POST /app/hook/deliveries/{delivery_id}/attempts",
        parameters: { delivery_id: id },
        schema: z.unknown(),
        alsoAnswers: [404, 410, 422],
        once: true,
      });
      return answer.ok;
    },
  };
}

function cursorOf(link: string | number | undefined): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ""))?.[1];
  if (next === undefined || !URL.canParse(next)) return undefined;
  return new URL(next).searchParams.get("cursor") ?? undefined;
}
