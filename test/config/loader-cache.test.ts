/** Loading: how seldom GitHub is asked, and what holds when it does not answer. */
import { beforeEach, describe, expect, it } from "@jest/globals";
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

describe("asking for little", () => {
  beforeEach(async () => {
    files.texts.set(".github", "groups: {a: {}}");
    files.texts.set("helpdesk", "group: a");
    await load();
  });

  it("a cold load reads two files, a warm one nothing but their stamps, in one go", async () => {
    expect(files.takeAsked()).toEqual([".github", "helpdesk"]);
    const [calls, reads] = [kept.calls, loading.stamps.reads];
    const config = await loadLater(4.9);
    expect(config).toBe(await load());
    expect([files.takeAsked(), kept.calls, loading.stamps.reads]).toEqual([[], calls, reads + 2]);
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
    loading.wait(6);
    await Promise.all(Array.from({ length: 20 }, () => load()));
    expect(files.takeAsked()).toHaveLength(2);
  });

  it("the account renamed: read from its new place, without the old one's ETag", async () => {
    files.takeAsked();
    await loading.loader.load({ ...acme, login: "acme-inc" }, { ...helpdesk, owner: "acme-inc" }, files.read);
    expect(files.takeAsked()).toEqual([".github", "helpdesk"]);
  });

  it("what was not used for longest makes room", async () => {
    loading.restart(2);
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
    await loading.loader.invalidate(acme, helpdesk);
    expect((await load()).repository.group).toBe("a");
    await load(shop);
    expect(files.takeAsked()).toEqual(["helpdesk"]);
  });

  it("to the config repository counts for all repositories of the account", async () => {
    files.texts.set(".github", "defaults: {suggestions: 0}");
    await loading.loader.invalidate(acme, dotGithub);
    expect((await load()).repository.suggestions).toBe(0);
    expect((await load(shop)).repository.suggestions).toBe(0);
    expect(files.takeAsked()).toEqual([".github if changed"]);
  });

  it("of another account counts for nobody here", async () => {
    await loading.loader.invalidate({ id: 8 }, { id: 99, name: ".github" });
    await load();
    expect(files.takeAsked()).toEqual([]);
  });

  it("while the old version is being read does not keep that", async () => {
    let open = (): void => undefined;
    files.gate = new Promise((resolve) => (open = resolve));
    loading.wait(6);
    const old = load();
    while (files.asked.length < 2) await Promise.resolve();
    files.texts.set("helpdesk", "suggestions: 9");
    await loading.loader.invalidate(acme, helpdesk);
    const fresh = load();
    open();
    expect((await old).repository.suggestions).toBe(5);
    expect((await fresh).repository.suggestions).toBe(9);
    expect((await load()).repository.suggestions).toBe(9);
  });
});

describe("a push that another process was told of", () => {
  const others = () => loading.another();

  it("counts here from the moment it is acknowledged", async () => {
    files.texts.set("helpdesk", "suggestions: 5");
    await load();
    files.texts.set("helpdesk", "suggestions: 9");
    expect((await load()).repository.suggestions).toBe(5); // nobody has said anything yet
    await others().invalidate(acme, helpdesk);
    expect((await load()).repository.suggestions).toBe(9);
  });

  it("to the config repository takes back what it shared, also for whoever asks for it from elsewhere", async () => {
    files.texts.set(".github", "share_contacts_with: [9]");
    const shared = async () => (await loading.loader.loadAccount(acme, files.read)).config.shareContactsWith;
    expect(await shared()).toEqual([9]);
    files.texts.delete(".github");
    await others().invalidate(acme, dotGithub);
    expect(await shared()).toEqual([]);
  });

  it("is read once, with the ETag of what was known", async () => {
    files.texts.set("helpdesk", "suggestions: 5");
    await load();
    files.takeAsked();
    await others().invalidate(acme, helpdesk);
    await Promise.all([load(), load(), load()]);
    await load();
    expect(files.takeAsked()).toEqual(["helpdesk if changed"]);
  });

  it("does not make an old answer that comes late stand for the new one", async () => {
    let open = (): void => undefined;
    files.texts.set("helpdesk", "suggestions: 5");
    files.gate = new Promise((resolve) => (open = resolve));
    const old = load();
    while (files.asked.length < 2) await Promise.resolve();
    files.gate = Promise.resolve();
    files.texts.set("helpdesk", "suggestions: 9");
    await others().invalidate(acme, helpdesk);
    const fresh = load();
    await Promise.resolve();
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

  it("a version serves for five minutes and not a moment longer, whatever was tried in between", async () => {
    files.texts.set("helpdesk", "suggestions: 2");
    await load();
    files.down = true;
    expect((await loadLater(4.9)).repository.suggestions).toBe(2);
    await expect(loadLater(0.1)).rejects.toThrow("GitHub is down");
    await expect(loadLater(0.1)).rejects.toThrow("GitHub is down");
  });

  it("what was known is not lost: when it answers again, only changes are asked for", async () => {
    files.texts.set("helpdesk", "suggestions: 2");
    await load();
    files.down = true;
    await expect(loadLater(6)).rejects.toThrow("GitHub is down");
    files.down = false;
    files.takeAsked();
    expect((await load()).repository.suggestions).toBe(2);
    expect(files.takeAsked()).toEqual([".github", "helpdesk if changed"]);
  });

  it("an account that suspended the app shares with nobody after five minutes", async () => {
    files.texts.set(".github", "share_contacts_with: [partner]");
    await loading.loader.loadAccount(acme, files.read);
    files.down = true;
    loading.wait(5);
    await expect(loading.loader.loadAccount(acme, files.read)).rejects.toThrow("GitHub is down");
  });

  it("after a push the old version does not serve on", async () => {
    await load();
    await loading.loader.invalidate(acme, helpdesk);
    files.down = true;
    await expect(load()).rejects.toThrow("GitHub is down");
  });
});
