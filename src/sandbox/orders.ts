/** What can be typed in the sandbox beside comments: lines that start with a colon. */
import { readFile } from "node:fs/promises";
import { SessionError, type Session } from "./session.js";
import { threadOf } from "./thread.js";

interface Order {
  readonly usage: string;
  readonly does: string;
  run(session: Session, argument: string): Promise<readonly string[]> | readonly string[];
}

const orders: Readonly<Record<string, Order>> = {
  as: { usage: ":as NAME", does: "be somebody else", run: beSomebody },
  people: { usage: ":people", does: "who there is", run: listPeople },
  repo: { usage: ":repo NAME", does: "go to another repository", run: goToRepository },
  issue: { usage: ":issue NUMBER", does: "go to another issue", run: goToIssue },
  issues: { usage: ":issues", does: "the issues of this repository", run: listIssues },
  new: {
    usage: ":new TITLE",
    does: "open an issue; what follows after \\ is its text",
    run: (session, argument) => {
      const [title = "", ...body] = argument.split("\n");
      if (title === "") throw new SessionError("Give the issue a title: :new The printer is on fire");
      return session.open(title, body.join("\n"));
    },
  },
  edit: {
    usage: ":edit TEXT",
    does: "rewrite your newest comment",
    run: (session, argument) => session.edit(argument),
  },
  tick: {
    usage: ":tick NUMBER",
    does: "tick a box of the newest reply that has some",
    run: (session, argument) => session.tick(Number(argument)),
  },
  show: {
    usage: ":show",
    does: "the whole issue",
    run: (session) => threadOf(session.sandbox.world, session.issue),
  },
  config: {
    usage: ":config FILE",
    does: "push a file as .github/liaison.yml of this repository",
    run: async (session, argument) => session.push(await readFile(argument, "utf8")),
  },
  help: { usage: ":help", does: "this list", run: help },
  quit: { usage: ":quit", does: "leave", run: () => [] },
};

/** Is this line an order to the sandbox, and not a comment? */
export const isOrder = (line: string): boolean => line.startsWith(":");

export const isQuit = (line: string): boolean => /^:(quit|exit|q)\s*$/.test(line);

/** Carries an order out. @throws SessionError with a sentence that says what to type instead */
export async function carryOutOrder(session: Session, line: string): Promise<readonly string[]> {
  const [, name = "", argument = ""] = /^:(\w*)\s*([\s\S]*)$/.exec(line) ?? [];
  const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (order === undefined) throw new SessionError(`There is no :${name}. Type :help for what there is.`);
  return order.run(session, argument.trim());
}

function beSomebody(session: Session, name: string): readonly string[] {
  const { people } = session.sandbox.world.sample;
  const person = Object.values(people).find(({ login }) => login === name.toLowerCase());
  if (person === undefined)
    throw new SessionError(`There is nobody called that. There are ${Object.keys(people).join(", ")}.`);
  session.person = person;
  return [session.place];
}

function listPeople(session: Session): readonly string[] {
  const { people } = session.sandbox.world.sample;
  const { repository } = session.issue;
  const lines = Object.values(people).map((person) => {
    const { roleName } = session.sandbox.world.permission(repository, person);
    return `  ${person.login.padEnd(8)} ${roleName.padEnd(9)} ${person.name}`;
  });
  return [`On ${repository.name}:\n${lines.join("\n")}`];
}

function goToRepository(session: Session, name: string): readonly string[] {
  const { world } = session.sandbox;
  const repository = world.repositories.find((known) => known.name === name.toLowerCase());
  const first = world.issues.find((issue) => issue.repository === repository);
  if (first === undefined) {
    const names = [...new Set(world.issues.map((issue) => issue.repository.name))].join(", ");
    throw new SessionError(`There is no repository of that name with issues. There are ${names}.`);
  }
  session.issue = first;
  return [session.place];
}

function goToIssue(session: Session, number: string): readonly string[] {
  const wanted = Number(number.replace("#", ""));
  const issue = session.sandbox.world.issues.find(
    (known) => known.repository === session.issue.repository && known.number === wanted,
  );
  if (issue === undefined)
    throw new SessionError("There is no such issue here. Type :issues for those there are.");
  session.issue = issue;
  return [session.place];
}

function listIssues(session: Session): readonly string[] {
  return session.sandbox.world.issues
    .filter(({ repository }) => repository === session.issue.repository)
    .map(({ number, title }) => `#${number} ${title}`);
}

function help(): readonly string[] {
  const lines = Object.values(orders).map(({ usage, does }) => `  ${usage.padEnd(16)} ${does}`);
  return [
    [
      "Anything else is a comment on the issue. End a line with \\ to go on in the next one. Try:",
      "  /add_contacts [contact:jane@acme.com]",
      "  /crm_help",
      "",
      ...lines,
    ].join("\n"),
  ];
}
