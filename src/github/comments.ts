/**
 * Our comments and reactions on issues. A comment is posted with exactly one POST: whoever has lost
 * the answer looks for it with `findOwnComment` before trying again.
 */
import { z } from "zod";
import type { Answer, Ask } from "./ask.js";
import { GoneError, RetryableError } from "./errors.js";
import type { Installation, IssueRef, ReactionTarget } from "./github.js";
import { isLogin, isRepositoryName } from "./names.js";

type Comments = Pick<
  Installation,
  "createComment" | "updateComment" | "commentText" | "deleteComment" | "findOwnComment" | "react" | "unreact"
>;

/** Tells comments of this app from those of everybody else. */
export interface Author {
  readonly appId: number;
  /** The login of the app's bot, `<slug>[bot]`. */
  botLogin(): Promise<string>;
}

const ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}";
const COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
const PER_PAGE = 100;
/** GitHub takes at most 2,500 comments on an issue. */
const MOST_PAGES = 26;
/** How far our clock may be ahead of GitHub's; looking back too far costs nothing, the marker is unique. */
const CLOCK_SLACK = 60 * 60_000;

const CREATED = z.object({ id: z.number() });
const IGNORED = z.unknown();
const LISTED = z.object({
  id: z.number(),
  body: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
  performed_via_github_app: z.object({ id: z.number() }).nullish(),
});
type Listed = z.infer<typeof LISTED>;

export function createComments(ask: Ask, author: Author): Comments {
  return {
    async createComment(issue, body) {
      const route = `POST ${ISSUE}/comments`;
      return created(await ask({ route, parameters: { ...at(issue), body }, schema: CREATED, once: true }));
    },

    async updateComment(issue, comment, body) {
      const parameters = { ...repositoryOf(issue), comment_id: comment, body };
      await ask({ route: `PATCH ${COMMENT}`, parameters, schema: IGNORED });
    },

    async commentText(issue, comment) {
      const parameters = { ...repositoryOf(issue), comment_id: comment };
      const schema = z.object({ body: z.string().nullish() });
      const answer = await ask({ route: `GET ${COMMENT}`, parameters, schema, alsoAnswers: [404, 410] });
      return answer.ok ? (answer.data.body ?? "") : undefined;
    },

    async deleteComment(issue, comment) {
      const parameters = { ...repositoryOf(issue), comment_id: comment };
      await ask({ route: `DELETE ${COMMENT}`, parameters, schema: IGNORED, alsoAnswers: [404, 410] });
    },

    async findOwnComment(issue, marker, since) {
      const earliest = since.getTime() - CLOCK_SLACK;
      let newest: Listed | undefined;
      for await (const listed of listComments(ask, issue, new Date(earliest))) {
        if (listed.body?.includes(marker) !== true || Date.parse(listed.created_at) < earliest) continue;
        if (newest !== undefined && newest.id > listed.id) continue;
        if (await isOwn(listed, author)) newest = listed;
      }
      return newest === undefined ? undefined : { id: newest.id };
    },

    async react(issue, target, content) {
      const { route, parameters } = reactionsOf(issue, target);
      return created(
        await ask({ route: `POST ${route}`, parameters: { ...parameters, content }, schema: CREATED }),
      );
    },

    async unreact(issue, target, reaction) {
      const { route, parameters } = reactionsOf(issue, target);
      await ask({
        route: `DELETE ${route}/{reaction_id}`,
        parameters: { ...parameters, reaction_id: reaction },
        schema: IGNORED,
        alsoAnswers: [404, 410],
      });
    },
  };
}

/** The comments changed at or after `since`, oldest first. */
async function* listComments(ask: Ask, issue: IssueRef, since: Date): AsyncGenerator<Listed> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await ask({
      route: `GET ${ISSUE}/comments`,
      parameters: { ...at(issue), since: since.toISOString(), per_page: PER_PAGE, page },
      schema: z.array(LISTED),
    });
    if (!answer.ok) return;
    yield* answer.data;
    if (answer.data.length < PER_PAGE) return;
  }
}

/**
 * A person can paste our marker, and can write through an app with a user's token: only a bot's
 * comment counts, and its app must be ours. Where GitHub does not name the app, the bot's login does.
 */
async function isOwn(comment: Listed, author: Author): Promise<boolean> {
  if (comment.user?.type !== "Bot") return false;
  const app = comment.performed_via_github_app?.id;
  return app === undefined ? comment.user.login === (await author.botLogin()) : app === author.appId;
}

function reactionsOf(issue: IssueRef, target: ReactionTarget) {
  switch (target.kind) {
    case "comment":
      return {
        route: `${COMMENT}/reactions`,
        parameters: { ...repositoryOf(issue), comment_id: target.id },
      };
    case "issue":
      return { route: `${ISSUE}/reactions`, parameters: at(issue) };
  }
}

function at(issue: IssueRef) {
  return { ...repositoryOf(issue), issue_number: issue.number };
}

function repositoryOf({ repository: { owner, name } }: IssueRef) {
  if (!isLogin(owner) || !isRepositoryName(name)) throw new GoneError("no repository can have this name");
  return { owner, repo: name };
}

function created(answer: Answer<{ id: number }>): { id: number } {
  if (!answer.ok) throw new RetryableError("GitHub did not say what it made");
  return { id: answer.data.id };
}
