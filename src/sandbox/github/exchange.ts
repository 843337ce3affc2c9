/** What went over the wire: a request and its answer, as logs, tests and schema checks look at them. */
export interface Exchange {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined when there was none. */
  readonly requestBody: unknown;
  /** 0 when the connection was broken on purpose. */
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** As it was sent. */
  readonly responseBody: string;
  /** Made wrong by a fault: not what GitHub would say. */
  readonly isFault: boolean;
  readonly at: Date;
}

export type ExchangeObserver = (exchange: Exchange) => void;
