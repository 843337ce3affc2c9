/** Loading: what is in force, from which version, and how seldom GitHub is asked. */
import { beforeEach, describe, expect, it, test } from "@jest/globals";
import type { FileAnswer, ReadFile } from "../../src/config/file-cache.js";
import type { FileKey, LastGood } from "../../src/config/last-good.js";
import { createConfigLoader, sharesWith, type ConfigLoader } from "../../src/config/loader.js";
import { builtIn } from "../../src/config/repository-settings.js";

const acme = { id: 7, login: "Acme" };
const helpdesk = { id: 42, owner: "Acme", name: "helpdesk" };
const shop = { id: 43, owner: "Acme", name: "shop" };
const dotGithub = { id: 44, owner: "Acme", name: ".github" };
const minute = 60_000;

/** A GitHub of files with ETags, and a memory of what was asked. */
class Files {
  readonly texts = new Map<string, string>();
  asked: string[] = [];
  down = false;
  /** Answers wait for this. */
  gate: Promise<void> = Promise.resolve();

  readonly read: ReadFile = async (repository, path, { etag, maxBytes }) => {
    this.asked.push(`${repository.name}${etag === undefined ? "" : " if changed"}`);
    expect([path, maxBytes]).toEqual([".github/liaison.yml", 262_144]);
    const answer = this.answer(repository.name, etag);
    await this.gate;
    if (this.down) throw new Error("GitHub is down");
    return answer;
  };

  private answer(name: string, etag: string | undefined): FileAnswer {
    const text = this.texts.get(name);
    if (text === undefined) return { state: "absent" };
    if (text === "unreadable") return { state: "unreadable", reason: "a folder" };
    return etag === `"${text}"` ? { state: "unchanged" } : { state: "found", text, etag: `"${text}"` };
  }

  takeAsked(): string[] {
    const asked = this.asked;
    this.asked = [];
    return asked;
  }
}

class Kept implements LastGood {
  readonly texts = new Map<string, string>();
  calls = 0;
  private id({ account, file }: FileKey): string {
    this.calls += 1;
    return `${account}:${file}`;
  }
  get(key: FileKey) {
    return Promise.resolve(this.texts.get(this.id(key)));
  }
  put(key: FileKey, text: string) {
    this.texts.set(this.id(key), text);
    return Promise.resolve();
  }
  forget(key: FileKey) {
    this.texts.delete(this.id(key));
    return Promise.resolve();
  }
}

let files: Files;
let kept: Kept;
let time: number;
let loader: ConfigLoader;

beforeEach(() => {
  files = new Files();
  kept = new Kept();
  time = 1_000_000;
  loader = restarted();
});

const restarted = (size = 100) => createConfigLoader({ lastGood: kept, now: () => time, size });
const load = (repository = helpdesk) => loader.load(acme, repository, files.read);
const loadLater = (minutes: number, repository = helpdesk) => {
  time += minutes * minute;
  return load(repository);
};

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
    for (const next of [loader, restarted()]) {
      loader = next;
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

describe("asking for little", () => {
  beforeEach(async () => {
    files.texts.set(".github", "groups: {a: {}}");
    files.texts.set("helpdesk", "group: a");
    await load();
  });

  it("a cold load reads two files, a warm one nothing, not even the store", async () => {
    expect(files.takeAsked()).toEqual([".github", "helpdesk"]);
    const calls = kept.calls;
    const config = await loadLater(4.9);
    expect(config).toBe(await load());
    expect([files.takeAsked(), kept.calls]).toEqual([[], calls]);
  });

  it("another repository shares the account's file", async () => {
    files.takeAsked();
    await load(shop);
    expect(files.takeAsked()).toEqual(["shop"]);
  });

  it("after five minutes both are asked for with their ETags, and what is unchanged stays", async () => {
    files.takeAsked();
    const before = await load();
    expect(await loadLater(5)).toBe(before);
    expect(files.takeAsked()).toEqual([".github if changed", "helpdesk if changed"]);
  });

  it("many at once share one request each", async () => {
    files.takeAsked();
    time += 6 * minute;
    await Promise.all(Array.from({ length: 20 }, () => load()));
    expect(files.takeAsked()).toHaveLength(2);
  });

  it("the account renamed: read from its new place, without the old one's ETag", async () => {
    files.takeAsked();
    await loader.load({ ...acme, login: "acme-inc" }, { ...helpdesk, owner: "acme-inc" }, files.read);
    expect(files.takeAsked()).toEqual([".github", "helpdesk"]);
  });

  it("what was not used for longest makes room", async () => {
    loader = restarted(2);
    for (const repository of [helpdesk, shop, helpdesk, { ...shop, id: 45, name: "third" }])
      await load(repository);
    files.takeAsked();
    await load(helpdesk);
    expect(files.takeAsked()).toEqual([]);
    await load(shop);
    expect(files.takeAsked()).toEqual(["shop"]);
  });
});

describe("a push", () => {
  beforeEach(async () => {
    files.texts.set(".github", "groups: {a: {}}");
    await load();
    await load(shop);
    files.takeAsked();
  });

  it("to a repository has its file read again, no other", async () => {
    files.texts.set("helpdesk", "group: a");
    loader.invalidate(acme, helpdesk);
    expect((await load()).repository.group).toBe("a");
    await load(shop);
    expect(files.takeAsked()).toEqual(["helpdesk"]);
  });

  it("to the config repository counts for all repositories of the account", async () => {
    files.texts.set(".github", "defaults: {suggestions: 0}");
    loader.invalidate(acme, dotGithub);
    expect((await load()).repository.suggestions).toBe(0);
    expect((await load(shop)).repository.suggestions).toBe(0);
    expect(files.takeAsked()).toEqual([".github"]);
  });

  it("of another account counts for nobody here", async () => {
    loader.invalidate({ id: 8 }, { id: 99, name: ".github" });
    await load();
    expect(files.takeAsked()).toEqual([]);
  });

  it("while the old version is being read does not keep that", async () => {
    let open = (): void => undefined;
    files.gate = new Promise((resolve) => (open = resolve));
    time += 6 * minute;
    const old = load();
    files.texts.set("helpdesk", "suggestions: 9");
    loader.invalidate(acme, helpdesk);
    const fresh = load();
    open();
    expect((await old).repository.suggestions).toBe(5);
    expect((await fresh).repository.suggestions).toBe(9);
    expect((await load()).repository.suggestions).toBe(9);
  });
});

describe("GitHub does not answer", () => {
  it("and nothing is known: the error comes through, and nothing is forgotten", async () => {
    kept.texts.set("7:42", "suggestions: 2");
    files.down = true;
    await expect(load()).rejects.toThrow("GitHub is down");
    expect(kept.texts.get("7:42")).toBe("suggestions: 2");
    files.down = false;
    await expect(load()).resolves.toMatchObject({ unusable: false });
  });

  it("a version younger than an hour serves on, and GitHub gets half a minute of rest", async () => {
    files.texts.set("helpdesk", "suggestions: 2");
    await load();
    files.down = true;
    files.takeAsked();
    expect((await loadLater(59)).repository.suggestions).toBe(2);
    await loadLater(0.4);
    expect(files.takeAsked()).toHaveLength(2);
    await loadLater(0.2);
    expect(files.takeAsked()).toHaveLength(2);
    await expect(loadLater(1)).rejects.toThrow("GitHub is down");
  });

  it("after a push the old version does not serve on", async () => {
    await load();
    loader.invalidate(acme, helpdesk);
    files.down = true;
    await expect(load()).rejects.toThrow("GitHub is down");
  });
});

describe("another account", () => {
  const loadAcme = () => loader.loadAccount(acme, files.read);

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
    loader = restarted();
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
