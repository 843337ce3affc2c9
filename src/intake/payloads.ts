/**
 * GitHub's webhook payloads -> what the house understands. Only what is used is read; a payload that
 * lacks it is not for us. Comments without a candidate line end here, at the cost of one look.
 */
import { z } from "zod";
import type { CommentEvent, ConversationEvent, IssueNews, Place, Repository } from "../conversation/event.js";
import { ignored, type Incoming } from "./incoming.js";
import { readInstallation, readPush } from "./other-payloads.js";
import { accountOf, id, name, time, user } from "./payload-parts.js";
import { readRename } from "./renames.js";

export type { Incoming } from "./incoming.js";

/** Of an author it only matters whether it is a bot. */
const author = z.object({ type: z.string() });

const repository = z.object({
  id,
  name,
  private: z.boolean().optional(),
  visibility: z.string().optional(),
  default_branch: z.string().optional(),
  owner: user,
});

const issue = z.object({
  id,
  node_id: z.string(),
  number: id,
  title: z.string(),
  state: z.string().optional(),
  body: z.string().nullish(),
  updated_at: time,
  user: author.nullish(),
  pull_request: z.unknown().optional(),
  labels: z
    .array(z.object({ name: z.string() }))
    .optional()
    .catch(undefined),
});

const common = z.object({
  action: z.string(),
  sender: user,
  installation: z.object({ id }),
  repository,
  issue,
  changes: z
    .object({ body: z.object({ from: z.string().nullish() }).optional(), old_issue: z.unknown().optional() })
    .optional(),
});

/** The name of an event is not signed: the body of a comment must not pass for news of its issue. */
const issuePayload = common.extend({ comment: z.undefined().optional() });

const commentPayload = common.extend({
  comment: z.object({
    id,
    body: z.string().nullish(),
    updated_at: time,
    user: author.nullish(),
    performed_via_github_app: z.object({ id }).nullish(),
  }),
});

export interface Reader {
  /** Numeric id of this app. */
  readonly appId: number;
  mayConcern(text: string): boolean;
  /** What was written before is a replay: it would no longer be recognised as known. */
  readonly oldest?: () => Date;
}

/** What a delivery means to us. Never throws; `payload` is whatever the signed body held. */
export function readPayload(name: string, guid: string, payload: unknown, reader: Reader): Incoming {
  switch (name) {
    case "issue_comment":
      return readComment(guid, payload, reader);
    case "issues":
      return readIssue(guid, payload, reader);
    case "push":
      return readPush(payload);
    case "installation":
      return readInstallation(payload);
    case "installation_target":
      return readRename(payload);
    default:
      return ignored("event");
  }
}

function readComment(guid: string, payload: unknown, reader: Reader): Incoming {
  const { data } = commentPayload.safeParse(payload);
  if (data === undefined) return ignored("payload");
  const { action, sender, comment } = data;
  const text = comment.body ?? "";
  if (
    action === "created" &&
    comment.user?.type === "Bot" &&
    comment.performed_via_github_app?.id === reader.appId
  )
    return readOwnComment(guid, data, text);
  if (sender.type === "Bot") return ignored("bot");
  if (comment.user?.type === "Bot" && mayBeOurs(comment.performed_via_github_app?.id, text, reader)) {
    if (action !== "edited") return ignored("own comment");
    const { id, updated_at: writtenAt } = comment;
    const previous = data.changes?.body?.from ?? undefined;
    const said = { text, writtenAt, ...(previous !== undefined && { previous }) };
    return conversation({ type: "tick", delivery: guid, ...whoAndWhere(data), comment: id, ...said });
  }
  if (comment.user?.type === "Bot") return ignored("bot");
  if (action !== "created" && action !== "edited") return ignored("action");
  const source = { kind: "comment", id: comment.id } as const;
  return said(data, { delivery: guid, text, writtenAt: comment.updated_at, source }, reader);
}

/** The mark at the end of a reply says which one it is; only on its own issue it says the truth. */
const MARK = /<!-- liaison:reply:([^\s>]{1,100}) -->$/;

function readOwnComment(guid: string, data: z.infer<typeof commentPayload>, text: string): Incoming {
  const { place } = whoAndWhere(data);
  const reply = MARK.exec(text)?.[1];
  const here = `${place.account.id}:${place.repository.id}:${place.issue.number}:`;
  if (reply?.startsWith(here) !== true) return ignored("own comment");
  const { id: comment, updated_at: writtenAt } = data.comment;
  return {
    kind: "posted",
    event: { type: "posted", delivery: guid, place, comment, reply, text: "", writtenAt },
  };
}

/** GitHub does not always say which app wrote a comment; whose it really is the store knows by its id. */
const mayBeOurs = (app: number | undefined, text: string, reader: Reader): boolean =>
  app === reader.appId || (app === undefined && text.includes("<!-- liaison:reply:"));

/** Whatever happens to an issue is news, whoever did it; only what people write in it is a conversation. */
function readIssue(guid: string, payload: unknown, reader: Reader): Incoming {
  const { data } = issuePayload.safeParse(payload);
  if (data === undefined) return ignored("payload");
  // Nothing is kept of labels as news, and our own come back to us as deliveries.
  if (data.action === "labeled" || data.action === "unlabeled") return ignored("labels");
  const text = readIssueText(guid, data, reader);
  if (data.action === "opened") return text; // nothing is kept of it yet
  const gone = data.action === "deleted" || data.action === "transferred";
  const news: IssueNews = { place: whoAndWhere(data).place, became: gone ? "gone" : "changed" };
  return text.kind === "conversation" ? { ...text, news } : { kind: "issue", news };
}

function readIssueText(guid: string, data: z.infer<typeof common>, reader: Reader): Incoming {
  const { action, sender, changes } = data;
  if (sender.type === "Bot" || data.issue.user?.type === "Bot") return ignored("bot");
  if (action !== "opened" && action !== "edited") return ignored("action");
  if (action === "opened" && changes?.old_issue !== undefined) return ignored("transfer");
  const { body, updated_at: writtenAt } = data.issue;
  return said(data, { delivery: guid, text: body ?? "", writtenAt, source: { kind: "body" } }, reader);
}

/** A new or edited text; an edit that left it alone (a changed title) says nothing. */
function said(
  data: z.infer<typeof common>,
  saying: Pick<CommentEvent, "delivery" | "text" | "writtenAt" | "source">,
  reader: Reader,
): Incoming {
  const previous = data.action === "edited" ? data.changes?.body?.from : undefined;
  if (data.action === "edited" && data.changes?.body === undefined) return ignored("text unchanged");
  if (reader.oldest && new Date(saying.writtenAt) < reader.oldest()) return ignored("too old");
  // An edit may take back what was answered: then the answer is to be mended.
  if (!reader.mayConcern(saying.text) && !reader.mayConcern(previous ?? ""))
    return ignored("no quick action");
  return conversation({
    type: "comment",
    ...whoAndWhere(data),
    ...saying,
    ...(data.action === "edited" && { previous: previous ?? "" }),
  });
}

const conversation = (event: ConversationEvent): Incoming => ({ kind: "conversation", event });

function whoAndWhere(data: z.infer<typeof common>): { place: Place; actor: { id: number; login: string } } {
  const { sender, installation, repository: where, issue: about } = data;
  return {
    actor: { id: sender.id, login: sender.login },
    place: {
      installation: installation.id,
      account: accountOf(where.owner),
      repository: repositoryOf(where),
      issue: {
        number: about.number,
        id: about.id,
        nodeId: about.node_id,
        title: about.title,
        state: about.state === "closed" ? "closed" : "open",
        isPullRequest: about.pull_request !== undefined && about.pull_request !== null,
        ...(about.labels && { labels: about.labels.map((label) => label.name) }),
        changedAt: new Date(about.updated_at),
      },
    },
  };
}

/** Public unless GitHub says otherwise in so many words: then replies show least. */
function repositoryOf({ id, name, owner, ...where }: z.infer<typeof repository>): Repository {
  const closed = where.visibility === "internal" ? "internal" : "private";
  return { id, name, owner: owner.login, visibility: where.private === true ? closed : "public" };
}
