/** One line typed into the sandbox, from the terminal or from a script: an order or a comment. */
import { carryOutOrder, isOrder } from "./orders.js";
import { SessionError, type Session } from "./session.js";

/** Never rejects for what was typed: a mistake is answered like everything else. */
export async function runLine(session: Session, line: string): Promise<string> {
  try {
    const told = isOrder(line) ? await carryOutOrder(session, line) : await session.say(line);
    return told.join("\n\n");
  } catch (error) {
    if (error instanceof SessionError) return error.message;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "There is no file of that name.";
    throw error;
  }
}

/** Puts lines that end in a backslash together with the next one. */
export class LineJoiner {
  private held: string[] = [];

  /** @returns the whole comment, or undefined while it goes on */
  take(line: string): string | undefined {
    if (line.endsWith("\\")) {
      this.held.push(line.slice(0, -1));
      return undefined;
    }
    const whole = [...this.held, line].join("\n");
    this.held = [];
    return whole;
  }

  get isOpen(): boolean {
    return this.held.length > 0;
  }
}
