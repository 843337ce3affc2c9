/** What one check of `liaison doctor` has found. Findings never hold a secret, a key or a token. */
export interface Finding {
  /** What was looked at: `webhook`, `permissions`. */
  readonly check: string;
  /** `skipped`: it could not be looked at, which is nobody's fault or said elsewhere. */
  readonly state: "ok" | "warning" | "problem" | "skipped";
  /** One sentence. */
  readonly message: string;
  /** What to do about it; there with every problem and warning. */
  readonly remedy?: string;
}

/** The findings of one check, made by the words for what it is about. */
export const findingsOf = (check: string) => ({
  ok: (message: string): Finding => ({ check, state: "ok", message }),
  skipped: (message: string): Finding => ({ check, state: "skipped", message }),
  warning: (message: string, remedy: string): Finding => ({ check, state: "warning", message, remedy }),
  problem: (message: string, remedy: string): Finding => ({ check, state: "problem", message, remedy }),
});

const WIDTH = "warning".length;

/** `problem  webhook: message` and, below it, what to do. */
export function toLines({ check, state, message, remedy }: Finding): string {
  const line = `${state.padEnd(WIDTH)}  ${check}: ${message}`;
  return remedy === undefined ? `${line}\n` : `${line}\n${" ".repeat(WIDTH)}  -> ${remedy}\n`;
}
