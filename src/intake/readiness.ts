/**
 * Whether the store answers, told within two seconds. Whoever asks while another one waits gets the same
 * answer, so that a store that hangs is not buried under questions.
 */

/** Milliseconds; a little under the two seconds that were promised. */
const longest = 1_500;

/** @param ping rejects when the store does not answer; may also never end */
export function createReadiness(ping: () => Promise<void>): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  return () => (asked ??= answersInTime(ping).finally(() => (asked = undefined)));
}

async function answersInTime(ping: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, longest, false)));
  const answer = ping().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
