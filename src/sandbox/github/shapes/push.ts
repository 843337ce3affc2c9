/** The payload of `push`: one commit that changes one file. */
import { timestamp } from "../clock.js";
import type { Issue, JsonObject, Person, Repository } from "../records.js";
import { fullName, pushRepositoryShape } from "./repositories.js";
import { web } from "./urls.js";

export interface Push {
  readonly branch: string;
  /** Commit ids. */
  readonly before: string;
  readonly after: string;
  readonly change: "added" | "modified" | "removed";
  readonly path: string;
  readonly at: Date;
}

export function pushPayload(
  state: { readonly issues: readonly Issue[] },
  repository: Repository,
  person: Person,
  push: Push,
): JsonObject {
  const page = `${web}/${fullName(repository)}`;
  const commit = commitShape(page, person, push);
  return {
    ref: `refs/heads/${push.branch}`,
    before: push.before,
    after: push.after,
    created: false,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${page}/compare/${push.before.slice(0, 12)}...${push.after.slice(0, 12)}`,
    commits: [commit],
    head_commit: commit,
    pusher: { name: person.login, email: noReply(person) },
    repository: pushRepositoryShape(repository, state),
  };
}

const noReply = ({ id, login }: Person) => `${id}+${login}@users.noreply.github.com`;

function commitShape(page: string, person: Person, { after, at, change, path }: Push): JsonObject {
  const author = { name: person.name, email: noReply(person), username: person.login };
  const only = (kind: Push["change"]) => (kind === change ? [path] : []);
  return {
    id: after,
    tree_id: after.split("").reverse().join(""),
    distinct: true,
    message: `Change ${path}`,
    timestamp: timestamp(at),
    url: `${page}/commit/${after}`,
    author,
    committer: author,
    added: only("added"),
    removed: only("removed"),
    modified: only("modified"),
  };
}
