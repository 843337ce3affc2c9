/**
 * What we have said: one document for each comment (or issue body) that was answered. It holds the
 * reply as sections, without names or typed text, and how far its posting has come.
 */
import { createHash } from "node:crypto";
import type { CommentDeleted, LabelNote } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import type { Source } from "../store/documents.js";
import type { Collection, Store, StoredDocument } from "../store/store.js";
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
  /** The last delivery that was answered to the end. */
  readonly answered?: string;
  readonly updatedAt: Date;
}

export interface ReplyStore {
  find(id: string): Promise<ReplyDocument | undefined>;
  /** By the id of our own comment. */
  findByComment(account: number, comment: number): Promise<ReplyDocument | undefined>;
  save(
    id: string,
    account: number,
    fields: Partial<Omit<ReplyDocument, "_id" | "account" | "updatedAt">>,
    without?: readonly ("postingSince" | "comment" | "reaction" | "labelNote")[],
  ): Promise<void>;
}

export function createReplyStore(store: Store, now: () => Date): ReplyStore {
  const replies: Collection<ReplyDocument> = store.collection("replies");
  return {
    find: (id) => replies.findOne({ _id: id }),
    findByComment: (account, comment) => replies.findOne({ account, comment }),
    async save(id, account, fields, without = []) {
      const $unset = Object.fromEntries(without.map((field) => [field, true as const]));
      await replies.updateOne(
        { _id: id },
        {
          $set: { account, ...fields, updatedAt: now() },
          ...(without.length > 0 && { $unset }),
        },
        { upsert: true },
      );
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
