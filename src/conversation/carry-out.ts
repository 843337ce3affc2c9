/** Runs the quick actions of a text in order: each with its own outcomes or its own refusal. */
import { quickAction, quickActions } from "../commands/index.js";
import type { Outcome } from "../commands/outcome.js";
import type { Call } from "../commands/quick-action.js";
import { accessTo, type MissingRole } from "../crm/access.js";
import type { IssueFacts } from "../crm/links.js";
import { meaningOf, type Command, type ParseResult, type Problem } from "../quick-actions/index.js";
import { namesOnlyOwnIssues } from "../replies/privacy.js";
import type { RefusedSection, Section } from "../replies/section.js";
import type { Conversation } from "./conversation.js";
import type { CommentEvent, Place } from "./event.js";
import type { Ground } from "./ground.js";
import { sectionKey } from "./reply-store.js";
import { declaresMembers } from "./sources.js";

/** What handlers work with. */
type Hands = Pick<Conversation, "tools" | "triage">;

/** One section for each command and problem, in the order of the text. */
export async function carryOut(
  { commands, problems }: ParseResult,
  event: CommentEvent,
  ground: Ground,
  hands: Hands,
): Promise<readonly Section[]> {
  const sections: Section[] = problems.map((problem) => problemSection(problem, event));
  for (const [action, command] of commands.entries()) {
    sections.push(await commandSection(command, action, event, ground, hands));
  }
  return sections.sort((a, b) => a.line - b.line);
}

async function commandSection(
  command: Command,
  action: number,
  event: CommentEvent,
  ground: Ground,
  hands: Hands,
): Promise<Section> {
  const { name, line } = command;
  const placed = { action: name, line, key: sectionKey(meaningOf(command)), delivery: event.delivery };
  // Without a source nothing can run; who may make the bot talk here is told why (the trouble of the config).
  const access = accessTo(
    ground.source === undefined ? "askForHelp" : quickAction(name).right,
    ground.standing,
  );
  if (!access.allowed) {
    const [missing] = access.missing;
    if (missing) return { kind: "refused", ...placed, missing: remedy(missing, ground) };
  }
  return { kind: "outcomes", ...placed, outcomes: await run(command, action, event, ground, hands) };
}

/** Where nobody declares members the role on the repository counts (DESIGN §5): that is the one to ask for. */
function remedy({ where, needed }: MissingRole, { source }: Ground): RefusedSection["missing"] {
  const declared = source !== undefined && declaresMembers(source);
  return { where: declared ? where : "repository", needed };
}

function run(
  command: Command,
  action: number,
  event: CommentEvent,
  ground: Ground,
  { tools, triage }: Hands,
): Promise<readonly Outcome[]> {
  if (ground.source === undefined) return Promise.resolve([]);
  const call: Call = {
    arguments: command.arguments,
    issue: issueFacts(event.place),
    source: { account: ground.source.account, group: ground.source.group },
    step: { actor: event.actor.id, delivery: event.delivery, action, name: command.name },
    hereOnly: namesOnlyOwnIssues(event.place.repository.visibility, ground.reveal),
    triages: (repositories) =>
      triage.triaged(repositories, {
        person: event.actor,
        installation: ground.installation,
        roles: ground.config.account.roles,
      }),
    suggestions: ground.reveal === "handles" ? 0 : ground.config.repository.suggestions,
    permitted: permittedTo(ground),
  };
  return quickAction(command.name).run(call, tools);
}

const permittedTo = (ground: Ground): readonly string[] =>
  quickActions.flatMap(({ name, right }) => (accessTo(right, ground.standing).allowed ? [name] : []));

function problemSection(problem: Problem, event: CommentEvent): Section {
  const { line, column, message } = problem;
  const key = sectionKey(meaningOf(problem));
  return { kind: "problem", line, column, message, key, delivery: event.delivery };
}

/** What the store keeps of an issue. */
export function issueFacts({ account, repository, issue }: Place): IssueFacts {
  const { id, ...facts } = issue;
  return {
    account: account.id,
    repository: repository.id,
    repositoryName: `${repository.owner}/${repository.name}`,
    issueId: id,
    ...facts,
  };
}
