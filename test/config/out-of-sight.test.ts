/** A config file that cannot be seen any more: never laxer than when it was (DESIGN §6). */
import { beforeEach, expect, it, test } from "@jest/globals";
import { builtIn } from "../../src/config/repository-settings.js";
import { sharesWith } from "../../src/config/loader.js";
import { acme, dotGithub, Loading, shop } from "./loading.js";

let loading: Loading;
let files: Loading["files"];
let kept: Loading["kept"];

beforeEach(() => {
  loading = new Loading();
  ({ files, kept } = loading);
});

const declared = "groups: {a: {enabled: false, members: {owner: ['@bob']}}}\nshare_contacts_with: [partner]";

it("the account's: its last good version stays in force, with a problem, also after a restart", async () => {
  files.texts.set(".github", declared);
  files.texts.set("helpdesk", "group: a");
  const before = await loading.load();
  files.hidden.add(".github");
  for (const restarts of [false, true]) {
    if (restarts) loading.restart();
    const config = await loading.loadLater(6);
    expect(config).toMatchObject({ unusable: false, repository: { group: "a" } });
    expect(config.account).toEqual(before.account);
    expect(config.problems).toEqual([
      {
        file: "account",
        line: 1,
        column: 1,
        path: "",
        message: expect.stringMatching(/^The app cannot see Acme\/\.github any more: give it access/),
        invisible: true,
      },
    ]);
  }
  expect(kept.texts.get("7:account")).toBe(declared);
});

it("a repository's: the same", async () => {
  files.texts.set("helpdesk", "enabled: false");
  await loading.load();
  files.hidden.add("helpdesk");
  const config = await loading.loadLater(6);
  expect(config).toMatchObject({ unusable: false, repository: { enabled: false } });
  expect(config.problems).toMatchObject([
    { file: "repository", message: expect.stringContaining("Acme/helpdesk") },
  ]);
});

it("of the config repository itself is told once", async () => {
  files.texts.set(".github", "suggestions: 2");
  await loading.load(dotGithub);
  files.hidden.add(".github");
  const config = await loading.loadLater(6, dotGithub);
  expect([config.repository.suggestions, config.problems.length]).toEqual([2, 1]);
});

it("with nothing known of it: as if it was absent, and not a word", async () => {
  files.hidden.add(".github").add("helpdesk");
  expect(await loading.load()).toMatchObject({ unusable: false, problems: [], repository: builtIn });
});

it("whose last good version does not fit any more: off", async () => {
  files.texts.set(".github", "groups: {a: {}}");
  files.texts.set("helpdesk", "group: a");
  await loading.load();
  files.texts.set(".github", "groups: {b: {}}");
  files.hidden.add("helpdesk");
  expect(await loading.loadLater(6)).toMatchObject({ unusable: true, repository: { enabled: false } });
});

it("seen again is as it is then, and absent for good only when its repository can be read", async () => {
  files.texts.set("helpdesk", "suggestions: 2");
  await loading.load();
  files.hidden.add("helpdesk");
  expect((await loading.loadLater(6)).repository.suggestions).toBe(2);
  files.hidden.clear();
  expect(await loading.loadLater(6)).toMatchObject({ problems: [], repository: { suggestions: 2 } });
  files.texts.delete("helpdesk");
  expect((await loading.loadLater(6)).repository.suggestions).toBe(5);
  expect(kept.texts.size).toBe(0);
});

it("is asked for no more often than others", async () => {
  files.texts.set("helpdesk", "suggestions: 2");
  await loading.load();
  files.hidden.add("helpdesk");
  await loading.loadLater(6);
  files.takeAsked();
  const calls = kept.calls;
  expect(await loading.loadLater(4.9)).toBe(await loading.load());
  expect([files.takeAsked(), kept.calls]).toEqual([[], calls]);
});

test("another account's list of sharing stays as it last was", async () => {
  files.texts.set(".github", declared);
  await loading.load(shop);
  files.hidden.add(".github");
  loading.wait(6);
  const { config, problems } = await loading.loader.loadAccount(acme, files.read);
  expect([sharesWith(config, { id: 1, login: "partner" }), problems.length]).toEqual([true, 1]);
});
