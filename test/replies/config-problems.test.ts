/** The exact words about mistakes in config files, and what is kept of the account's own. */
import { describe, expect, test } from "@jest/globals";
import type { ConfigProblem } from "../../src/config/config.js";
import type { ReplyContent } from "../../src/replies/reply.js";
import { did, noTrouble, told } from "./content.js";

const lines = (...all: readonly string[]): string => all.join("\n");

const linked = did("add_contacts", [{ type: "added", contact: 4 }]);
const nothingRan = did("add_contacts", []);

const mistake = (file: ConfigProblem["file"], line: number, message = "Unknown key."): ConfigProblem => ({
  file,
  line,
  column: 1,
  path: "",
  message,
});

describe("config trouble", () => {
  const open = mistake("repository", 3, 'Unknown key "grup": did you mean "group"?');

  test.each<[string, Partial<ReplyContent["config"]>, string]>([
    [
      "one mistake in the repository's own file",
      { problems: [open] },
      lines(
        "The config file `.github/liaison.yml` of this repository has a mistake. Until it is mended, the last good version stays in force.",
        "",
        "```text",
        'line 3: Unknown key "grup": did you mean "group"?',
        "```",
      ),
    ],
    [
      "a hint that names a group of the account, where the reply is not public",
      { problems: [{ ...mistake("repository", 1, "Unknown group."), hint: 'Did you mean "falcon"?' }] },
      lines(
        "The config file `.github/liaison.yml` of this repository has a mistake. Until it is mended, the last good version stays in force.",
        "",
        "```text",
        'line 1: Unknown group. Did you mean "falcon"?',
        "```",
      ),
    ],
    [
      "no such hint where everybody can read it",
      {
        problems: [{ ...mistake("repository", 1, "Unknown group."), hint: 'Did you mean "falcon"?' }],
        isPublic: true,
      },
      lines(
        "The config file `.github/liaison.yml` of this repository has a mistake. Until it is mended, the last good version stays in force.",
        "",
        "```text",
        "line 1: Unknown group.",
        "```",
      ),
    ],
    [
      "a file that is out of sight",
      { problems: [{ ...mistake("account", 1, "The app cannot see the file."), invisible: true }] },
      "The app cannot see the file.",
    ],
    [
      "mistakes in a file that was never good",
      { problems: [open, mistake("repository", 7)], unusable: true },
      lines(
        "The config file `.github/liaison.yml` of this repository has 2 mistakes. CRM is off in this repository until it is mended. No quick action is carried out until then.",
        "",
        "```text",
        'line 3: Unknown key "grup": did you mean "group"?',
        "line 7: Unknown key.",
        "```",
      ),
    ],
    [
      "a mistake in the account's file: only its place",
      { problems: [mistake("account", 2, 'Unknown group "secret".')] },
      "The config file `.github/liaison.yml` in acme/.github has a mistake (line 2). Until it is mended, the last good version stays in force.",
    ],
    [
      "mistakes in the account's file, two in one line",
      { problems: [mistake("account", 2), mistake("account", 2), mistake("account", 9)] },
      "The config file `.github/liaison.yml` in acme/.github has 3 mistakes (lines 2 and 9). Until it is mended, the last good version stays in force.",
    ],
    [
      "many mistakes in the account's file",
      { problems: Array.from({ length: 12 }, (_, n) => mistake("account", n + 1)) },
      "The config file `.github/liaison.yml` in acme/.github has 12 mistakes (lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and others). Until it is mended, the last good version stays in force.",
    ],
    [
      "contacts of another account that are not shared",
      { sourceNotShared: true },
      "The contacts of this repository's group are to come from another account, which does not share them with this one. An owner over there has to install Liaison and list this account under `share_contacts_with`. No quick action is carried out until then.",
    ],
  ])("%s", (_, config, expected) => {
    expect(told([nothingRan], { config: { ...noTrouble, ...config } })).toBe(expected);
  });

  test("of more than ten mistakes the rest is counted", () => {
    const problems = Array.from({ length: 12 }, (_, n) => mistake("repository", n + 1));
    const shown = told([nothingRan], { config: { ...noTrouble, problems } });
    expect(shown).toContain("has 12 mistakes.");
    expect(shown.split("\n").slice(-4)).toEqual([
      "line 9: Unknown key.",
      "line 10: Unknown key.",
      "and 2 more",
      "```",
    ]);
  });

  test("stands under what was done", () => {
    const config = { ...noTrouble, problems: [mistake("account", 2)] };
    expect(told([linked], { config }).split("\n\n")).toEqual([
      "Linked José O'Neil-Paz (contact 4).",
      "The config file `.github/liaison.yml` in acme/.github has a mistake (line 2). Until it is mended, the last good version stays in force.",
    ]);
  });

  test("a file's text breaks out of nothing", () => {
    const config = { ...noTrouble, problems: [mistake("repository", 1, "``` @dana <b>")] };
    expect(told([nothingRan], { config })).toContain("````text\nline 1: ``` @dana <b>\n````");
  });
});
