/** liaison parse [FILE] : prints what the language makes of a text, as JSON (DESIGN §3.2). */
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Command } from "commander";

export const parseCommand = (): Command =>
  new Command("parse")
    .description("print the quick actions and problems of a comment as JSON")
    .argument("[file]", "the comment's text; standard input without it")
    .action(async (file?: string) => {
      const { quickActionNames } = await import("../commands/index.js");
      const { createParser, toJson } = await import("../quick-actions/index.js");
      const comment = file === undefined ? await text(process.stdin) : await readFile(file, "utf8");
      const result = createParser(quickActionNames).parse(comment);
      process.stdout.write(`${JSON.stringify(toJson(result), null, 2)}\n`);
    });
