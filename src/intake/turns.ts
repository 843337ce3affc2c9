/**
 * Whose turn it is: no account keeps a worker so busy that others wait. One account gets a few lanes at
 * a time, and none while GitHub has asked its installation to wait. Each process keeps this for
 * itself: it is about its own lanes, and a limit is learned with one question.
 */

/**
 * Lanes of one account at a time. Four comments a second or so, which is three times what GitHub lets
 * one installation say (80 comments a minute), and a quarter of what a process works on.
 */
const lanesAtOnce = 4;

export interface Turns {
  /** Accounts that get no lane now. */
  excluded(): readonly number[];
  take(account: number): void;
  giveBack(account: number): void;
  /** No lane of this account until then. */
  rest(account: number, until: Date): void;
}

/** @param most lanes of one account at a time */
export function createTurns(now: () => Date, most = lanesAtOnce): Turns {
  const taken = new Map<number, number>();
  const resting = new Map<number, Date>();
  return {
    excluded() {
      for (const [account, until] of resting) if (until <= now()) resting.delete(account);
      const busy = [...taken].filter(([, lanes]) => lanes >= most).map(([account]) => account);
      return [...new Set([...busy, ...resting.keys()])];
    },
    take: (account) => void taken.set(account, (taken.get(account) ?? 0) + 1),
    giveBack(account) {
      const left = (taken.get(account) ?? 0) - 1;
      if (left > 0) taken.set(account, left);
      else taken.delete(account);
    },
    rest(account, until) {
      const before = resting.get(account);
      if (before === undefined || before < until) resting.set(account, until);
    },
  };
}
