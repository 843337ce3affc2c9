/**
 * What we have said: one document for each comment (or issue body) that was answered. It holds the
 * reply as sections, without names or typed text, and how far its posting has come.
 */
import { createHash } from "node:crypto";
import type { CommentDeleted, LabelNote } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import type { Source } from "../store/documents.js";
import { RetryableError } from "../github/errors.js";
import { DuplicateKeyError, type Collection, type Store, type StoredDocument } from "../store/store.js";
import type { CommentEvent, Place } from "./event.js";

export interface ReplyDocument extends StoredDocument {
  /** `<account>:<repository>:<issue number>:<comment id, or "body">` */
  readonly _id: string;
  readonly account: number;
  readonly sections: readonly Section[];
  /** The contact source whose numbers the sections name. */
  readonly source?: Source;
  /** Our comment, once it is posted. */
  readonly comment?: number;
  /** Of its text, without ticks: tells a tick from any other edit. */
  readonly digest?: string;
  /** Set before our comment is posted for the first time, so that a crash in between is noticed. */
  readonly postingSince?: Date;
  /** GitHub's time of the text that was answered last. */
  readonly textAt?: string;
  /** Keys of everything that stood in that text. */
  readonly standing?: readonly string[];
  readonly reaction?: { readonly id: number; readonly content: "+1" | "confused" };
  readonly commentDeleted?: CommentDeleted;
  readonly labelNote?: LabelNote;
  /** The moment at which its words may be said: the budget of comments was spent. */
  readonly owed?: Date;
  /** The last delivery that was answered to the end. */
  readonly answered?: string;
  /** Counts writes: whoever goes on from what was read writes only if nobody else has written since. */
  readonly version?: number;
  readonly updatedAt: Date;
}

/** What a write goes on from: the version that was read, or that there was none. */
export type Seen = { readonly version: number | undefined } | "absent";

export interface ReplyStore {
  find(id: string): Promise<ReplyDocument | undefined>;
  /** By the id of our own comment. */
  findByComment(account: number, comment: number): Promise<ReplyDocument | undefined>;
  /**
   * @param seen writes only if the document is still as it was seen
   * @throws RetryableError when it is not
   */
  save(
    id: string,
    account: number,
    fields: Partial<Omit<ReplyDocument, "_id" | "account" | "updatedAt" | "version">>,
    without?: readonly ("postingSince" | "comment" | "reaction" | "labelNote" | "owed")[],
    seen?: Seen,
  ): Promise<void>;
}

export function createReplyStore(store: Store, now: () => Date): ReplyStore {
  const replies: Collection<ReplyDocument> = store.collection("replies");
  return {
    find: (id) => replies.findOne({ _id: id }),
    findByComment: (account, comment) => replies.findOne({ account, comment }),
    async save(_id, account, fields, without = [], seen) {
      const $set = { account, ...fields, updatedAt: now() };
      if (seen === "absent") return insert(replies, { _id, sections: [], ...$set, version: 1 });
      const $unset = Object.fromEntries(without.map((field) => [field, true as const]));
      const update = { $set, $inc: { version: 1 }, ...(without.length > 0 && { $unset }) };
      const filter = seen === undefined ? { _id } : { _id, version: seen.version ?? { $exists: false } };
      const { matched } = await replies.updateOne(filter, update, { upsert: seen === undefined });
      if (seen !== undefined && matched === 0) throw overtaken();
    },
  };
}

async function insert(replies: Collection<ReplyDocument>, document: ReplyDocument): Promise<void> {
  try {
    await replies.insertOne(document);
  } catch (error) {
    if (error instanceof DuplicateKeyError && error.fields.includes("_id")) throw overtaken();
    throw error;
  }
}

const overtaken = () => new RetryableError("somebody else has written this reply meanwhile");

/**
 * The store as one event sees it: what it has read of a reply, it writes only if nobody else has
 * written since. Two that work on the same event, because one of them lost it without knowing yet,
 * cannot mix their writes: the one that comes second gives up before it has posted anything.
 */
export function writtenByOne(replies: ReplyStore): ReplyStore {
  const seen = new Map<string, Seen>();
  const noted = (id: string, found: ReplyDocument | undefined): ReplyDocument | undefined => {
    seen.set(id, found === undefined ? "absent" : { version: found.version });
    return found;
  };
  return {
    find: async (id) => noted(id, await replies.find(id)),
    async findByComment(account, comment) {
      const found = await replies.findByComment(account, comment);
      return found && noted(found._id, found);
    },
    async save(id, account, fields, without) {
      const last = seen.get(id);
      await replies.save(id, account, fields, without, last);
      const version = last === "absent" || last === undefined ? 1 : (last.version ?? 0) + 1;
      if (last !== undefined) seen.set(id, { version });
    },
  };
}

/** Do the numbers of a stored reply mean people of the source that is in force now? */
export const isOfSource = (stored: ReplyDocument | undefined, source: Source | undefined): boolean =>
  stored?.source?.account === source?.account && stored?.source?.group === source?.group;

/** The `_id` of the reply to a comment or an issue's body. */
export function replyId({ account, repository, issue }: Place, source: CommentEvent["source"]): string {
  const what = source.kind === "comment" ? String(source.id) : "body";
  return `${account.id}:${repository.id}:${issue.number}:${what}`;
}

/** A short digest that stands for a line of a comment without telling what it said. */
export const sectionKey = (meaning: string): string =>
  createHash("sha256").update(meaning).digest("base64url").slice(0, 16);
