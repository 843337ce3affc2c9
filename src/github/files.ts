/**
 * One file of a repository's default branch. Asked for as JSON and not raw: the answer then says
 * whether it is a file and how big, and GitHub leaves the text of files over 1 MB out by itself. A 404
 * is the answer for a missing file and for a repository out of sight alike, so the repository is asked for.
 */
import { z } from "zod";
import type { Ask } from "./ask.js";
import type { FileAnswer, Installation } from "./github.js";
import { encodePath, isLogin, isRepositoryName } from "./names.js";

const FILE = z.object({
  type: z.literal("file"),
  size: z.number(),
  encoding: z.string(),
  content: z.string(),
});
const NO_FILE = z.union([z.array(z.unknown()), z.object({ type: z.enum(["dir", "submodule", "symlink"]) })]);
const CONTENTS = z.union([FILE, NO_FILE]);
const REPOSITORY = z.object({ id: z.number() });

export function createFiles(ask: Ask): Pick<Installation, "readFile"> {
  return {
    async readFile({ owner, name }, path, { etag, maxBytes }) {
      const address = encodePath(path);
      if (!isLogin(owner) || !isRepositoryName(name)) return { state: "invisible" };
      if (address === undefined) return { state: "absent" };
      const answer = await ask({
        route: `GET /repos/{owner}/{repo}/contents/${address}`,
        parameters: {
          owner,
          repo: name,
          headers: { accept: "application/vnd.github+json", "if-none-match": etag },
        },
        schema: CONTENTS,
        alsoAnswers: [304, 404],
      });
      if (answer.ok) return toFile(answer.data, header(answer.headers.etag), maxBytes);
      if (answer.status === 304) return { state: "unchanged" };
      return { state: (await isVisible(ask, owner, name)) ? "absent" : "invisible" };
    },
  };
}

async function isVisible(ask: Ask, owner: string, name: string): Promise<boolean> {
  const answer = await ask({
    route: "GET /repos/{owner}/{repo}",
    parameters: { owner, repo: name },
    schema: REPOSITORY,
    alsoAnswers: [404],
  });
  return answer.ok;
}

function toFile(data: z.infer<typeof CONTENTS>, etag: string | undefined, maxBytes: number): FileAnswer {
  if (!("content" in data)) return unreadable("it is not a file");
  if (data.size > maxBytes) return unreadable(`it is bigger than ${maxBytes} bytes`);
  if (data.encoding !== "base64") return unreadable("GitHub does not give its text");
  const bytes = Buffer.from(data.content, "base64");
  if (bytes.length > maxBytes) return unreadable(`it is bigger than ${maxBytes} bytes`);
  const text = decode(bytes);
  return text === undefined ? unreadable("it is not UTF-8 text") : { state: "found", text, etag };
}

function decode(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unreadable(reason: string): FileAnswer {
  return { state: "unreadable", reason };
}

function header(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
