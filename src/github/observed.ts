/**
 * What can be told of a request to GitHub without telling whom it was about: which kind it was, how
 * it was answered, how long it took. Kinds are words of ours: a route may hold the path of a file.
 */

/** One request, as it was answered; exchanges of tokens are not told. */
export interface ObservedCall {
  readonly operation: string;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** Pauses of our own between writes included. */
  readonly seconds: number;
  /** Undefined when asked as the app or as nobody. */
  readonly installation: number | undefined;
  /** What is left of the hour's requests, where GitHub says so. */
  readonly rateLimitLeft: number | undefined;
}

export type Observe = (call: ObservedCall) => void;

const REPOSITORY = "/repos/{owner}/{repo}";
const ISSUE = `${REPOSITORY}/issues/{issue_number}`;
const COMMENT = `${REPOSITORY}/issues/comments/{comment_id}`;

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  [`GET ${REPOSITORY}`, "read_repository"],
  [`GET ${REPOSITORY}/collaborators/{username}/permission`, "permission"],
  ["GET /orgs/{org}/memberships/{username}", "organization_role"],
  ["GET /orgs/{org}/teams/{team_slug}/memberships/{username}", "team_membership"],
  [`GET ${ISSUE}/comments`, "list_comments"],
  [`POST ${ISSUE}/comments`, "create_comment"],
  [`GET ${COMMENT}`, "read_comment"],
  [`PATCH ${COMMENT}`, "update_comment"],
  [`DELETE ${COMMENT}`, "delete_comment"],
  [`POST ${ISSUE}/reactions`, "react"],
  [`POST ${COMMENT}/reactions`, "react"],
  [`DELETE ${ISSUE}/reactions/{reaction_id}`, "unreact"],
  [`DELETE ${COMMENT}/reactions/{reaction_id}`, "unreact"],
  [`POST ${ISSUE}/labels`, "add_labels"],
  [`DELETE ${ISSUE}/labels/{name}`, "remove_label"],
  ["GET /users/{username}/installation", "find_installation"],
  ["GET /users/{username}", "find_account"],
  ["GET /app", "app"],
  ["GET /app/hook/deliveries", "list_deliveries"],
  ["POST /app/hook/deliveries/{delivery_id}/attempts", "redeliver"],
]);

/** The kind of a question by its route; "other" for one that nobody thought of here. */
export const operationOf = (route: string): string =>
  route.startsWith(`GET ${REPOSITORY}/contents/`) ? "read_file" : (OPERATIONS.get(route) ?? "other");

interface Answered {
  readonly status?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** What an answer, or an Octokit error with an answer in it, says about itself. */
export function describeAnswer(answerOrError: unknown): Pick<ObservedCall, "status" | "rateLimitLeft"> {
  const { response, ...own } = asObject(answerOrError) as Answered & { readonly response?: unknown };
  const { status, headers } = response === undefined ? own : (asObject(response) as Answered);
  const left = Number(headers?.["x-ratelimit-remaining"] ?? Number.NaN);
  return {
    status: typeof status === "number" && headers !== undefined ? status : undefined,
    rateLimitLeft: Number.isInteger(left) && left >= 0 ? left : undefined,
  };
}

const asObject = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});
