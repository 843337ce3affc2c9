/**
 * The config loader under random files and mutants of good ones: it never throws, what it returns is
 * either what the file says or the last good version with problems that have a line, and no broken
 * file ever lets in more than the last good one did.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import type { EffectiveConfig } from "../../src/config/config.js";
import { Loading } from "./loading.js";

const sample = (name: string): string =>
  readFileSync(new URL(`../../fixtures/config/${name}.yml`, import.meta.url), "utf8");
const good = { account: sample("account"), repository: "group: support/emea\nsuggestions: 3\n" };

const runs = Number(process.env.LIAISON_FUZZ_RUNS ?? "300");
const limits = {
  numRuns: runs,
  interruptAfterTimeLimit: process.env.LIAISON_FUZZ_RUNS === undefined ? 5_000 : runs * 50,
};

const pieces = fc.constantFrom(
  ...[
    ":",
    " ",
    "\n",
    "\n  ",
    "-",
    "- ",
    "&a ",
    "*a",
    "<<: *a",
    "!!js/function ",
    "!t ",
    "|",
    ">",
    "#",
    '"',
    "'",
    "\t",
  ],
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    "~",
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e999",
    ".nan",
    "0x10",
    "2026-01-01",
    "\0",
  ],
  ...[
    "\ufeff",
    "\ud800",
    "\u202e",
    "__proto__: {enabled: true}",
    "constructor: 1",
    "@acme/x",
    "other/crm",
    "../..",
    "/",
  ],
  ...["share_contacts_with: [evil]\n", "members: {}\n", "enabled: true\n", "---\n", "...\n", "%YAML 1.1\n"],
);

/** A good file with a few cuts in it, each filled with something else. */
const mutantOf = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.record({ at: fc.nat(text.length), drop: fc.nat(12), put: fc.oneof(pieces, fc.constant("")) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((cuts) => cuts.reduce((so, { at, drop, put }) => so.slice(0, at) + put + so.slice(at + drop), text));

const anyFile = (text: string) =>
  fc.oneof(
    mutantOf(text),
    mutantOf(text),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
  );

/** Who may see and what may be shared: what a broken file must leave alone. */
const rightsOf = ({ account, repository, unusable }: EffectiveConfig) => ({
  groups: [...account.groups],
  roles: [...account.roles],
  shares: account.shareContactsWith,
  repository,
  unusable,
});

async function loaded(file: "account" | "repository", text: string, hadGood: boolean) {
  const loading = new Loading();
  loading.files.texts.set(".github", good.account);
  if (hadGood || file === "account") loading.files.texts.set("helpdesk", good.repository);
  if (!hadGood && file === "account") loading.files.texts.delete(".github");
  const before = hadGood ? rightsOf(await loading.load()) : undefined;
  loading.files.texts.set(file === "account" ? ".github" : "helpdesk", text);
  const after = await loading.loadLater(6);
  return { before, after };
}

describe.each(["account", "repository"] as const)("of the %s file", (file) => {
  test("a mutant is in force, or the last good version is, with problems that have a place", async () => {
    const seen = { good: 0, broken: 0 };
    await fc.assert(
      fc.asyncProperty(anyFile(good[file]), async (text) => {
        const { before, after } = await loaded(file, text, true);
        const own = after.problems.filter((problem) => problem.file === file);
        if (own.length === 0) {
          seen.good += 1;
          return;
        }
        seen.broken += 1;
        expect(rightsOf(after)).toEqual(before);
        const end = text.split(/\r\n|\n|\r/).length + 1;
        for (const { line, column, message } of own) {
          expect([line >= 1 && line <= end, column >= 1]).toEqual([true, true]);
          expect(message.length).toBeGreaterThan(10);
        }
      }),
      limits,
    );
    expect(Math.min(seen.good, seen.broken)).toBeGreaterThan(limits.numRuns / 100);
  }, 60_000);

  test("a broken one without a good one before switches CRM off", async () => {
    await fc.assert(
      fc.asyncProperty(anyFile(good[file]), async (text) => {
        const { after } = await loaded(file, text, false);
        if (!after.problems.some((problem) => problem.file === file)) return;
        expect([after.unusable, after.repository.enabled]).toEqual([true, false]);
        if (file === "account") expect(after.account.shareContactsWith).toEqual([]);
      }),
      limits,
    );
    expect("polluted" in {} || "enabled" in {}).toBe(false);
  }, 60_000);
});
