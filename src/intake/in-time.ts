/**
 * A limit on how long a delivery may take to be stored. One acceptance makes several calls to the store,
 * each of which ends in time by itself; on a slow store their sum may not.
 */

/** What was begun goes on; if it comes to an end after all, the delivery is known when it comes again. */
export class TooSlowError extends Error {
  override readonly name = "TooSlowError";

  constructor() {
    super("the store takes too long for a delivery");
  }
}

/**
 * @param milliseconds from now; with none left the promise still gets its turn if it is settled
 * @throws TooSlowError when the time is over first
 */
export async function inTime<Result>(promise: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlowError()), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
