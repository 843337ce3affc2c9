/** What stands on an issue, and what the app changed there between two looks. */
import type { Comment, Issue, World } from "./github/index.js";
import { renderMarkdown } from "./render.js";

/** The comments of an issue by id, and the reactions as words. */
export interface Seen {
  readonly comments: ReadonlyMap<number, Pick<Comment, "author" | "body">>;
  readonly reactions: ReadonlySet<string>;
}

const faces: Readonly<Record<string, string>> = { "+1": "👍", confused: "😕" };

export function lookAt(world: World, issue: Issue): Seen {
  const here = [...world.comments.values()].filter((comment) => comment.issue === issue);
  const targets = new Set<unknown>([issue, ...here]);
  const reactions = [...world.reactions.values()].filter(({ target }) => targets.has(target));
  return {
    comments: new Map(here.map(({ id, author, body }) => [id, { author, body }])),
    reactions: new Set(reactions.map(({ id, content, author }) => `${id} ${author.login} ${content}`)),
  };
}

/** Told line by line: new and rewritten comments of the app, reactions, deleted comments. */
export function changesOn(before: Seen, after: Seen, app: number): readonly string[] {
  const told = [
    ...[...before.comments].flatMap(([id, { author }]) =>
      after.comments.has(id) ? [] : [`(${author.login}'s comment was deleted)`],
    ),
    ...[...after.comments].flatMap(([id, { author, body }]) => {
      const earlier = before.comments.get(id);
      if (author.id !== app || earlier?.body === body) return [];
      return [`${author.login}${earlier ? " rewrote its reply" : ""}:\n${renderMarkdown(body)}`];
    }),
    ...reactionsIn(after, before).map((reaction) => `liaison[bot] reacted: ${reaction}`),
    ...reactionsIn(before, after).map((reaction) => `liaison[bot] took back: ${reaction}`),
  ];
  return told.length > 0 ? told : ["(no answer)"];
}

const reactionsIn = (these: Seen, those: Seen): readonly string[] =>
  [...these.reactions]
    .filter((reaction) => !those.reactions.has(reaction))
    .map((reaction) => faces[reaction.split(" ")[2] ?? ""] ?? reaction);

/** The whole thread, for `:show`. */
export function threadOf(world: World, issue: Issue): readonly string[] {
  const { comments } = lookAt(world, issue);
  const opening = `${issue.author.login}: ${issue.title}${issue.body ? `\n${issue.body}` : ""}`;
  return [
    opening,
    ...[...comments.values()].map(({ author, body }) => `${author.login}:\n${renderMarkdown(body)}`),
  ];
}
