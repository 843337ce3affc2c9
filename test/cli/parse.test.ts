/** liaison parse : the language on the command line, byte for byte as DESIGN §3.2 shows it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { liaison } from "./run.js";

test("prints commands and problems of standard input", async () => {
  const { code, stdout } = await liaison(["parse"], {
    input: 'Hello\n/add_contacts jane@acme.com\n/create_contact "Ja',
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    commands: [
      {
        name: "add_contacts",
        line: 2,
        column: 1,
        arguments: [
          { type: "reference", kind: "contact", value: "jane@acme.com", open: false, line: 2, column: 15 },
        ],
      },
    ],
    problems: [{ code: "unclosed_quote", line: 3, column: 17, message: expect.any(String) }],
  });
});

test("reads a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "liaison-parse-"));
  await writeFile(join(folder, "comment.md"), "/contacts\n");
  const { stdout } = await liaison(["parse", join(folder, "comment.md")]);
  expect(JSON.parse(stdout)).toEqual({
    commands: [{ name: "contacts", line: 1, column: 1, arguments: [] }],
    problems: [],
  });
  await rm(folder, { recursive: true });
});

test("a file that is not there is one sentence, not a stack", async () => {
  const { code, stderr } = await liaison(["parse", "no-such-file.md"]);
  expect(code).toBe(1);
  expect(stderr).toBe("There is no file no-such-file.md.\n");
});
