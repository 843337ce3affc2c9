/** Loading: what is in force, and from which version of which file. */
import { beforeEach, describe, expect, it, test } from "@jest/globals";
import { sharesWith } from "../../src/config/loader.js";
import { builtIn } from "../../src/config/repository-settings.js";
import { acme, dotGithub, helpdesk, Loading, shop } from "./loading.js";

let loading: Loading;
let files: Loading["files"];
let kept: Loading["kept"];

beforeEach(() => {
  loading = new Loading();
  ({ files, kept } = loading);
});

const load = (repository = helpdesk) => loading.load(repository);
const loadLater = (minutes: number, repository = helpdesk) => loading.loadLater(minutes, repository);

describe("what is in force", () => {
  it("without files: the built-in settings and the top-level group", async () => {
    const config = await load();
    expect(config).toMatchObject({ repository: builtIn, problems: [], unusable: false });
    expect([...config.account.groups.keys()]).toEqual([""]);
  });

  it("the repository's file over the account's defaults, key by key", async () => {
    files.texts.set(
      ".github",
      "groups: {a: {}}\nsuggestions: 1\ndefaults: {suggestions: 3, replies: {show: names}, group: a}",
    );
    files.texts.set("helpdesk", "replies: {on_success: reaction}\ngroup: /");
    expect((await load()).repository).toEqual({
      ...builtIn,
      group: "",
      suggestions: 3,
      replies: { onSuccess: "reaction", show: "names" },
    });
    expect((await load(shop)).repository).toMatchObject({ group: "a", suggestions: 3 });
  });

  it("for the config repository: the top level of the account config, read once", async () => {
    files.texts.set(".github", "suggestions: 1\ndefaults: {suggestions: 3, pull_requests: true}");
    expect((await load(dotGithub)).repository).toMatchObject({ suggestions: 1, pullRequests: true });
    expect(files.takeAsked()).toEqual([".github"]);
  });

  it("for the config repository with a broken file: its problems once", async () => {
    files.texts.set(".github", "suggestions: many");
    expect(await load(dotGithub)).toMatchObject({
      unusable: true,
      problems: [{ file: "account", path: "suggestions" }],
    });
  });
});

describe("a broken file", () => {
  test.each([
    ["broken YAML", "enabled: [", ""],
    ["an unknown key", "enable: true", "enable"],
    ["an unknown group", "group: a", "group"],
    ["one that cannot be read", "unreadable", ""],
  ])("%s, never seen good: off, with the problem", async (_name, text, path) => {
    files.texts.set("helpdesk", text);
    const config = await load();
    expect(config).toMatchObject({ unusable: true, repository: { enabled: false } });
    expect(config.problems).toMatchObject([{ file: "repository", path }]);
    expect((await load(shop)).unusable).toBe(false);
  });

  it("leaves the last good version in force, also after a restart, until it is mended", async () => {
    files.texts.set("helpdesk", "suggestions: 2");
    await load();
    files.texts.set("helpdesk", "suggestions: two");
    for (const restarts of [false, true]) {
      if (restarts) loading.restart();
      const config = await loadLater(6);
      expect(config).toMatchObject({ unusable: false, repository: { enabled: true, suggestions: 2 } });
      expect(config.problems).toMatchObject([{ path: "suggestions", line: 1, column: 14 }]);
    }
    files.texts.set("helpdesk", "suggestions: 3");
    expect(await loadLater(6)).toMatchObject({ problems: [], repository: { suggestions: 3 } });
  });

  it("of the account leaves its last good version in force for all", async () => {
    files.texts.set(".github", "groups: {a: {members: {owner: ['@bob']}}}");
    files.texts.set("helpdesk", "group: a");
    await load();
    files.texts.set(".github", "groups: {a: {member: {}}}");
    const config = await loadLater(6);
    expect(config).toMatchObject({ unusable: false, repository: { group: "a" } });
    expect(config.account.groups.get("a")?.members).toMatchObject([{ login: "bob" }]);
    expect(config.problems).toMatchObject([{ file: "account", path: "groups.a.member" }]);
  });

  it("of the account, never seen good, switches all repositories off and hides no other mistake", async () => {
    files.texts.set(".github", "groups: []");
    files.texts.set("helpdesk", "group: a\nfoo: 1");
    files.texts.set("shop", "group: nowhere-to-be-checked");
    const config = await load();
    expect(config).toMatchObject({ unusable: true, repository: { enabled: false } });
    expect(config.problems.map(({ file, path }) => `${file} ${path}`)).toEqual([
      "account groups",
      "repository foo",
    ]);
    expect((await load(shop)).unusable).toBe(true);
    expect(kept.texts.size).toBe(0);
  });

  it("that was deleted is no longer in force: defaults, and nothing to fall back to", async () => {
    files.texts.set("helpdesk", "suggestions: 2");
    await load();
    files.texts.delete("helpdesk");
    expect(await loadLater(6)).toMatchObject({ unusable: false, repository: builtIn });
    files.texts.set("helpdesk", "suggestions: two");
    expect((await loadLater(6)).unusable).toBe(true);
  });

  it("a repository's file breaks when its group goes, and mends when it comes back", async () => {
    files.texts.set(".github", "groups: {a: {}}");
    files.texts.set("helpdesk", "group: a");
    await load();
    files.texts.set(".github", "groups: {b: {}}");
    expect(await loadLater(6)).toMatchObject({ unusable: true, problems: [{ path: "group" }] });
    files.texts.set(".github", "groups: {a: {}, b: {}}");
    expect(await loadLater(6)).toMatchObject({ unusable: false, problems: [], repository: { group: "a" } });
  });
});
describe("another account", () => {
  const loadAcme = () => loading.loader.loadAccount(acme, files.read);

  it("shares with whom it names, by login in any case or by id, and with nobody else", async () => {
    files.texts.set(".github", 'share_contacts_with: [Partner, 9919, "555"]');
    const { config } = await loadAcme();
    const asked = [
      { id: 1, login: "PARTNER" },
      { id: 9919, login: "renamed" },
      { id: 555, login: "x" },
      { id: 2, login: "9919" },
      { id: 3, login: "partner2" },
    ];
    expect(asked.map((account) => sharesWith(config, account))).toEqual([true, true, false, false, false]);
  });

  it("shares its last good list while its file is broken, and nothing when none is known", async () => {
    files.texts.set(".github", "share_contacts_with: partner");
    const broken = await loadAcme();
    expect(broken).toMatchObject({ unusable: true, problems: [{ path: "share_contacts_with" }] });
    expect(sharesWith(broken.config, { id: 1, login: "partner" })).toBe(false);
    kept.texts.set("7:account", "share_contacts_with: [partner]");
    loading.restart();
    const before = await loadAcme();
    expect([before.unusable, sharesWith(before.config, { id: 1, login: "partner" })]).toEqual([false, true]);
  });

  it("is read once for its own repositories and for others", async () => {
    await load();
    files.takeAsked();
    await loadAcme();
    expect(files.takeAsked()).toEqual([]);
  });
});
