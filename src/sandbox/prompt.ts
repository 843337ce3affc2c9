/** The sandbox in a terminal: a prompt that says who and where you are. */
import { createInterface } from "node:readline/promises";
import { isQuit } from "./orders.js";
import { LineJoiner, runLine } from "./run-line.js";
import type { Session } from "./session.js";

const welcome = `This is a GitHub of your own, with the organization acme, two repositories, and Liaison at work.
Type a comment, and see what Liaison answers. Try:

  /add_contacts [contact:jane@acme.com]
  /find_contacts doe
  :help

`;

/** Runs until `:quit` or the end of the input. */
export async function runPrompt(
  session: Session,
  input = process.stdin,
  output = process.stdout,
): Promise<void> {
  const terminal = createInterface({ input, output, terminal: output.isTTY });
  const joiner = new LineJoiner();
  output.write(welcome);
  const ask = () => {
    terminal.setPrompt(joiner.isOpen ? "... " : `${session.place}\n> `);
    terminal.prompt();
  };
  ask();
  for await (const typed of terminal) {
    const line = joiner.take(typed);
    if (line !== undefined && isQuit(line)) break;
    if (line !== undefined && line.trim() !== "") output.write(`\n${await runLine(session, line)}\n\n`);
    ask();
  }
  terminal.close();
}
