/**
 * Config files as last read from GitHub, so that a warm load asks nothing. A file is at most `maxAge`
 * old, also when GitHub does not answer: what an older one allows may have been taken back; and older
 * than the last push it never is. It is asked for again with its ETag, and is read once however many
 * wait for it.
 */
import { maxBytes } from "./yaml-syntax.js";

export const configPath = ".github/liaison.yml";

/** How a file is read: `readFile` of one installation of the app. Rejects when GitHub does not answer. */
export type ReadFile = (
  repository: { readonly owner: string; readonly name: string },
  path: string,
  options: { readonly etag?: string | undefined; readonly maxBytes: number },
) => Promise<FileAnswer>;

export type FileAnswer =
  | { readonly state: "found"; readonly text: string; readonly etag: string | undefined }
  | { readonly state: "absent" }
  | { readonly state: "invisible" }
  | { readonly state: "unchanged" }
  | { readonly state: "unreadable"; readonly reason: string };

/** One version of a file. The same object as long as the file stays the same. */
export type FileContent =
  | { readonly state: "found"; readonly text: string }
  | { readonly state: "absent" }
  /** Its repository is out of sight: whether the file is there, and what it says, is not known. */
  | { readonly state: "invisible"; readonly address: string }
  | { readonly state: "unreadable" };

interface Entry {
  readonly content: FileContent;
  readonly etag: string | undefined;
  /** `owner/name` it was read from: after a rename the ETag is another file's. */
  readonly address: string;
  /** Milliseconds. */
  readonly checkedAt: number;
  /** Of the file before it was read: what was pushed since raises it. */
  readonly stamp: number;
}

export interface FileCache {
  /**
   * The file of the repository, kept under `key`. Rejects as `read` does when what is known is older
   * than `maxAge` or than `stamp` (config/stamps.ts).
   */
  get(
    key: string,
    repository: { readonly owner: string; readonly name: string },
    stamp: number,
    read: ReadFile,
  ): Promise<FileContent>;
}

/**
 * @param options `now` in milliseconds, `maxAge` in milliseconds, `size` in files: the ones not used
 *   for longest make room
 */
export function createFileCache(options: {
  readonly now: () => number;
  readonly maxAge: number;
  readonly size: number;
}): FileCache {
  const { now, maxAge, size } = options;
  const entries = new Map<string, Entry>();
  const reading = new Map<string, Promise<FileContent>>();

  const keep = (key: string, entry: Entry): void => {
    if ((entries.get(key)?.stamp ?? 0) > entry.stamp) return; // read before the one that is there
    entries.delete(key);
    entries.set(key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= size) break;
      entries.delete(oldest);
    }
  };

  return {
    async get(key, repository, stamp, read) {
      const address = `${repository.owner}/${repository.name}`.toLowerCase();
      const entry = entries.get(key);
      const known = entry?.address === address ? entry : undefined;
      if (known && known.stamp >= stamp && now() - known.checkedAt < maxAge) {
        keep(key, known);
        return known.content;
      }
      const shared = `${key} ${address} ${stamp}`;
      const running = reading.get(shared);
      if (running) return running;
      const started = refresh(known, address, repository, read, now)
        .then((fresh) => {
          keep(key, { ...fresh, stamp });
          return fresh.content;
        })
        .finally(() => reading.delete(shared));
      reading.set(shared, started);
      return started;
    },
  };
}

async function refresh(
  known: Entry | undefined,
  address: string,
  repository: { readonly owner: string; readonly name: string },
  read: ReadFile,
  now: () => number,
): Promise<Omit<Entry, "stamp">> {
  const checkedAt = now();
  const answer = await read(repository, configPath, { etag: known?.etag, maxBytes });
  return { ...versionOf(answer, known, `${repository.owner}/${repository.name}`), address, checkedAt };
}

function versionOf(
  answer: FileAnswer,
  known: Entry | undefined,
  address: string,
): Pick<Entry, "content" | "etag"> {
  switch (answer.state) {
    case "found":
      return { content: sameOr(known?.content, answer), etag: answer.etag };
    case "absent":
      return {
        content: known?.content.state === "absent" ? known.content : { state: "absent" },
        etag: undefined,
      };
    case "invisible":
      return {
        content: known?.content.state === "invisible" ? known.content : { state: "invisible", address },
        etag: undefined,
      };
    case "unreadable":
      return { content: { state: "unreadable" }, etag: undefined };
    case "unchanged":
      if (!known) throw new Error("GitHub says that a file is unchanged which was never read");
      return known;
  }
}

function sameOr(known: FileContent | undefined, answer: { readonly text: string }): FileContent {
  return known?.state === "found" && known.text === answer.text
    ? known
    : { state: "found", text: answer.text };
}
