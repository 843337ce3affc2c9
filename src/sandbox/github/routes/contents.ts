/** Repositories and the files of their default branch, as JSON or, by the Accept header, raw. */
import { createHash } from "node:crypto";
import type { JsonObject, Repository, Token } from "../records.js";
import { fullName, fullRepositoryShape } from "../shapes/repositories.js";
import { api, web } from "../shapes/urls.js";
import { notFound } from "./answers.js";
import { readable } from "./reach.js";
import type { Answer, Question, Route } from "./route.js";

/** Over this, the JSON answer comes without the content. */
const inlineLimit = 1024 * 1024;

export const contentRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}",
    by: "installation",
    handle: (question, token) => ({
      status: 200,
      body: fullRepositoryShape(readable(question, token), question.world),
    }),
  },
  { method: "GET", path: "/repos/{owner}/{repo}/contents/{path}", by: "installation", handle: contents },
];

function contents(question: Question, token: Token): Answer {
  const repository = readable(question, token);
  const ref = question.query.get("ref")?.replace(/^refs\/heads\//, "") ?? repository.defaultBranch;
  if (ref !== repository.defaultBranch && ref !== repository.head) throw notFound();
  const path = (question.params.path ?? "").replace(/^\/+|\/+$/g, "");
  const file = repository.files.get(path);
  if (!file) return folder(repository, path);
  return /application\/vnd\.github\.(v3\.)?raw/.test(question.accept)
    ? {
        status: 200,
        body: file,
        headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" },
      }
    : { status: 200, body: fileShape(repository, path, file) };
}

function folder(repository: Repository, path: string): Answer {
  const start = path === "" ? "" : `${path}/`;
  const names = [...repository.files.keys()].filter((name) => name.startsWith(start));
  if (names.length === 0) throw notFound();
  const entries = new Set(names.map((name) => start + (name.slice(start.length).split("/")[0] ?? "")));
  return { status: 200, body: [...entries].sort().map((entry) => entryShape(repository, entry)) };
}

function entryShape(repository: Repository, path: string): JsonObject {
  const file = repository.files.get(path);
  const url = `${api}/repos/${fullName(repository)}/contents/${path}?ref=${repository.defaultBranch}`;
  const page = `${web}/${fullName(repository)}`;
  const [html, branch] = [`${page}/blob/${repository.defaultBranch}/${path}`, repository.defaultBranch];
  const sha = blobId(file ?? Buffer.from(path));
  const git = `${api}/repos/${fullName(repository)}/git/${file ? "blobs" : "trees"}/${sha}`;
  return {
    type: file ? "file" : "dir",
    name: path.split("/").at(-1) ?? path,
    path,
    sha,
    size: file?.length ?? 0,
    url,
    html_url: html,
    git_url: git,
    download_url: file ? `https://raw.githubusercontent.com/${fullName(repository)}/${branch}/${path}` : null,
    _links: { self: url, git, html },
  };
}

function fileShape(repository: Repository, path: string, file: Buffer): JsonObject {
  const inline = file.length <= inlineLimit;
  return {
    ...entryShape(repository, path),
    content: inline ? lines(file.toString("base64")) : "",
    encoding: inline ? "base64" : "none",
  };
}

/** GitHub breaks base64 after 60 characters. */
const lines = (base64: string) => base64.replace(/.{1,60}/g, "$&\n");

const blobId = (file: Buffer) =>
  createHash("sha1").update(`blob ${file.length}\0`).update(file).digest("hex");
