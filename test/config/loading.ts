/** A loader on a pretend clock, with a GitHub of files and a memory for last good versions. */
import { expect } from "@jest/globals";
import type { FileAnswer, ReadFile } from "../../src/config/file-cache.js";
import type { FileKey, LastGood } from "../../src/config/last-good.js";
import { createConfigLoader, type ConfigLoader } from "../../src/config/loader.js";
import type { ConfigStamps } from "../../src/config/stamps.js";

export const acme = { id: 7, login: "Acme" };
export const helpdesk = { id: 42, owner: "Acme", name: "helpdesk" };
export const shop = { id: 43, owner: "Acme", name: "shop" };
export const dotGithub = { id: 44, owner: "Acme", name: ".github" };
export const minute = 60_000;

/** A GitHub of files with ETags, and a memory of what was asked. */
export class Files {
  readonly texts = new Map<string, string>();
  /** Names of repositories that the app cannot see. */
  readonly hidden = new Set<string>();
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
    if (this.hidden.has(name)) return { state: "invisible" };
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

export class Kept implements LastGood {
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

/** Stamps as a store keeps them; `reads` counts. */
export class Stamps implements ConfigStamps {
  reads = 0;
  private readonly pushes = new Map<string, number>();

  raise({ account, file }: FileKey) {
    const id = `${account}:${file}`;
    this.pushes.set(id, (this.pushes.get(id) ?? 0) + 1);
    return Promise.resolve();
  }
  read(keys: readonly FileKey[]) {
    this.reads += 1;
    return Promise.resolve(keys.map(({ account, file }) => this.pushes.get(`${account}:${file}`) ?? 0));
  }
}

/** Everything one test needs. */
export class Loading {
  readonly files = new Files();
  readonly kept = new Kept();
  readonly stamps = new Stamps();
  loader: ConfigLoader = this.restart();
  private time = 1_000_000;

  /** A new loader, as after a restart: its cache is empty. */
  restart(size = 100): ConfigLoader {
    this.loader = this.another(size);
    return this.loader;
  }

  /** A loader of another process on the same store. */
  another(size = 100): ConfigLoader {
    return createConfigLoader({ lastGood: this.kept, stamps: this.stamps, now: () => this.time, size });
  }

  wait(minutes: number): void {
    this.time += minutes * minute;
  }

  load(repository = helpdesk) {
    return this.loader.load(acme, repository, this.files.read);
  }

  loadLater(minutes: number, repository = helpdesk) {
    this.wait(minutes);
    return this.load(repository);
  }
}
