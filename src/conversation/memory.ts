/** Answers of GitHub that may be remembered for a short while. */

const most = 10_000;

/** @returns a function that asks once per key and `maxAge` milliseconds; a failure is not remembered */
export function createMemory<Answer>(
  now: () => Date,
  maxAge: number,
): (key: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>();
  return (key, ask) => {
    const at = now().getTime();
    const known = answers.get(key);
    if (known !== undefined && at - known.at < maxAge) return known.answer;
    if (answers.size >= most) answers.clear();
    const answer = ask();
    answers.set(key, { at, answer });
    answer.catch(() => answers.delete(key));
    return answer;
  };
}
