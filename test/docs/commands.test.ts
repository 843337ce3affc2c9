/** The README's list of commands is what `liaison --help` says. */
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { liaison } from "../cli/run.js";

const readme = new URL("../../README.md", import.meta.url);

test("each command is in the README, in the same words and order as in the help", async () => {
  const { code, stdout } = await liaison(["--help"]);
  expect(code).toBe(0);
  const [, list = ""] = stdout.split("Commands:\n");
  const helped = [...list.replace(/\n {10,}/g, " ").matchAll(/^ {2}(\w+)(.*?) {2,}(\S.*)$/gm)]
    .map(([, name = "", its = "", does = ""]) => [`${name}${its.replace(" [options]", "")}`, does])
    .filter(([name]) => name !== "help [command]");
  expect(helped.length).toBeGreaterThan(5);
  const [, part = ""] = /## Commands\n([\s\S]*?)\n## /.exec(await readFile(readme, "utf8")) ?? [];
  const listed = [...part.matchAll(/^\| `(.+?)` +\| (.+?) +\|$/gm)].map(([, name, does]) => [name, does]);
  expect(listed).toEqual(helped);
});
