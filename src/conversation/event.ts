/**
 * The one event shape of every intake (webhook comment, issue body, e-mail, sandbox): who wrote
 * it, on which issue, the text, the previous text. Nothing after intake/ sees anything else.
 */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "Organization" | "User";
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  /** "public" also when GitHub did not say: the one that shows least. */
  readonly visibility: "public" | "private" | "internal";
}

export interface Issue {
  readonly number: number;
  /** GitHub's database id. */
  readonly id: number;
  readonly nodeId: string;
  readonly title: string;
  readonly state: "open" | "closed";
  readonly isPullRequest: boolean;
  /** Names of its labels; absent when GitHub did not say. */
  readonly labels?: readonly string[];
  /** GitHub's `updated_at`: when all this was so. */
  readonly changedAt: Date;
}

export interface Person {
  readonly id: number;
  readonly login: string;
}

/** Where something was said. */
export interface Place {
  readonly installation: number;
  readonly account: Account;
  readonly repository: Repository;
  readonly issue: Issue;
}

/** Somebody wrote or edited a comment or an issue's opening text. */
export interface CommentEvent {
  readonly type: "comment";
  /** `X-GitHub-Delivery`, or what stands for it at other doors: unique, the same when repeated. */
  readonly delivery: string;
  readonly place: Place;
  /** Who acted: the author, or the editor of an edit. */
  readonly actor: Person;
  /** Which text: a comment by id, or the issue's body. */
  readonly source: { readonly kind: "comment"; readonly id: number } | { readonly kind: "body" };
  readonly text: string;
  /** GitHub's time of this text (ISO 8601): deliveries may come in another order. */
  readonly writtenAt: string;
  /** Carried out already: only the words of the reply are left, for this moment. */
  readonly owed?: Date;
  /** The text before an edit; undefined for a new comment or issue. */
  readonly previous?: string;
}

/** Somebody changed a comment of ours: a tick in one of its boxes, it may be. */
export interface TickEvent {
  readonly type: "tick";
  readonly delivery: string;
  readonly place: Place;
  readonly actor: Person;
  /** Our comment. */
  readonly comment: number;
  readonly text: string;
  /** Our comment before: what stood ticked there, somebody else has ticked. */
  readonly previous?: string;
  /** GitHub's time of this text (ISO 8601). */
  readonly writtenAt?: string;
}

/** Something was changed elsewhere that the labels of an issue have to follow. Nobody is answered. */
export interface LabelsEvent {
  readonly type: "labels";
  /** Made of the mark that asked for it (crm/labels-due.ts). */
  readonly delivery: string;
  /** As it is kept; who can see the repository and which labels there are is asked of GitHub. */
  readonly place: Place;
  readonly writtenAt?: undefined;
  /** Nothing was said. */
  readonly text: "";
}

/** A reply of ours has come to be on GitHub: it may be the second of a request that was given up too early. */
export interface PostedEvent {
  readonly type: "posted";
  readonly delivery: string;
  readonly place: Place;
  /** Our comment. */
  readonly comment: number;
  /** The `_id` of the reply that it says it is. */
  readonly reply: string;
  readonly text: "";
  /** GitHub's time of it (ISO 8601). */
  readonly writtenAt: string;
}

export type ConversationEvent = CommentEvent | TickEvent | LabelsEvent | PostedEvent;

/** GitHub told how an issue is now. Nothing is answered; what is kept of it is brought up to date. */
export interface IssueNews {
  readonly place: Place;
  readonly became: "changed" | "gone";
}
