/**
 * Numbers and times of the local GitHub. Ids are counted up per kind of record, so that the same
 * steps give the same ids; the time is the real one unless a test brings its own.
 */
const firsts = {
  person: 501,
  organization: 1001,
  repository: 2001,
  issue: 30_001,
  comment: 40_001,
  reaction: 50_001,
  installation: 7001,
  label: 60_001,
  delivery: 1,
  commit: 1,
  token: 1,
} as const;

export type Kind = keyof typeof firsts;

export class Counters {
  readonly #next = new Map<Kind, number>();

  /** The next unused id of a kind. */
  take(kind: Kind): number {
    const id = this.#next.get(kind) ?? firsts[kind];
    this.#next.set(kind, id + 1);
    return id;
  }

  /** `id` was chosen by hand: never hand it, nor a smaller one, out again. */
  reserve(kind: Kind, id: number): number {
    this.#next.set(kind, Math.max(this.#next.get(kind) ?? firsts[kind], id + 1));
    return id;
  }
}

/** GitHub's times have seconds, no fractions: `2026-03-01T12:00:00Z`. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}
