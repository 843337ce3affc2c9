/** Bad days on demand: the next answers come late, wrong, broken or not at all. */
export interface FaultKind {
  /** Which requests it is for; all by default. `path` is compared without the query. */
  readonly match?: { readonly method?: string; readonly path?: string | RegExp };
  /** Answer with this status instead. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body of the wrong answer; GitHub's kind of error by default. */
  readonly body?: unknown;
  /** Break the connection without an answer. */
  readonly reset?: boolean;
  /** Wait before answering, and before any effect. */
  readonly delayMs?: number;
  /** Wait after the effect, and answer only then. */
  readonly answerAfterMs?: number;
  /** With `status` or `reset`: do what was asked only so much later, when nobody expects it any more. */
  readonly effectAfterMs?: number;
  /** Cut the JSON of the answer in half. The effect happens. */
  readonly brokenJson?: boolean;
  /** Do what was asked, and only then answer wrongly or break the connection. */
  readonly afterEffect?: boolean;
}

export class Faults {
  #waiting: { left: number; readonly kind: FaultKind }[] = [];
  #choose: (method: string, path: string) => FaultKind | undefined = () => undefined;

  /** The next `n` matching requests go wrong. Several faults may wait at once; the oldest that matches is taken. */
  next(n: number, kind: FaultKind): void {
    this.#waiting.push({ left: n, kind });
  }

  /** Until `clear`, every request for which nothing waits goes as `choose` says; undefined is a good day. */
  each(choose: (method: string, path: string) => FaultKind | undefined): void {
    this.#choose = choose;
  }

  clear(): void {
    this.#waiting = [];
    this.#choose = () => undefined;
  }

  /** The fault for this request, used up once. */
  take(method: string, path: string): FaultKind | undefined {
    const fault = this.#waiting.find(({ left, kind }) => left > 0 && fits(kind, method, path));
    if (!fault) return this.#choose(method, path);
    fault.left -= 1;
    return fault.kind;
  }
}

function fits({ match }: FaultKind, method: string, path: string): boolean {
  if (match?.method !== undefined && match.method !== method) return false;
  if (match?.path === undefined) return true;
  return typeof match.path === "string" ? path === match.path : match.path.test(path);
}
