/** Replies for tests: sections as data, and the people they name. */
import type { Outcome } from "../../src/commands/outcome.js";
import type { ConfigTrouble } from "../../src/replies/config-problems.js";
import type { ContactView, Labels } from "../../src/replies/contact-label.js";
import type { Reveal } from "../../src/replies/privacy.js";
import { renderReply, replyMarker, type ReplyContent } from "../../src/replies/reply.js";
import type { Section } from "../../src/replies/section.js";

const people: readonly ContactView[] = [
  {
    number: 1,
    firstName: "Jane",
    lastName: "Doe",
    email: "jane@acme.com",
    organization: "Acme GmbH",
    state: "active",
  },
  { number: 2, firstName: "Bob", lastName: "Stone", email: "bob@acme.com", state: "active" },
  { number: 3, firstName: "Maria", lastName: "Ruiz", organization: "Stark", state: "inactive" },
  { number: 4, firstName: "José", lastName: "O'Neil-Paz", state: "active" },
];

export const noTrouble: ConfigTrouble = {
  problems: [],
  unusable: false,
  sourceNotShared: false,
  isPublic: false,
  account: "acme",
};

const companies: ReadonlyMap<number, string> = new Map([
  [1, "Acme GmbH"],
  [2, "Stark"],
]);

export const labels = (reveal: Reveal): Labels =>
  reveal === "handles"
    ? { reveal, directory: new Map(), organizations: new Map() }
    : {
        reveal,
        directory: new Map(people.map((person) => [person.number, person])),
        organizations: companies,
      };

/** A quick action's section; the key is not rendered. */
export const did = (action: string, outcomes: readonly Outcome[], line = 1): Section => ({
  kind: "outcomes",
  action,
  outcomes,
  line,
  key: `key ${line}`,
  delivery: "d-1",
});

export const refused = (
  action: string,
  needed: "planner" | "developer" | "maintainer" | "owner",
  where: "repository" | "source",
  line = 1,
): Section => ({
  kind: "refused",
  action,
  missing: { needed, where },
  line,
  key: `key ${line}`,
  delivery: "d-1",
});

export const problem = (message: string, line = 1): Section => ({
  kind: "problem",
  message,
  line,
  column: 1,
  key: `key ${line}`,
  delivery: "d-1",
});

export const failed: Section = { kind: "failed", key: "failed", line: 0, delivery: "d-1" };

export const marker = replyMarker("1:2:3:4");

export const reply = (sections: readonly Section[], more: Partial<ReplyContent> = {}): string =>
  renderReply({
    sections,
    labels: labels("names"),
    excerpts: new Map(),
    config: noTrouble,
    commentDeleted: false,
    marker,
    ...more,
  });

/** The reply as people read it: without its hidden last line, which every reply must have. */
export function told(sections: readonly Section[], more: Partial<ReplyContent> = {}): string {
  const body = reply(sections, more);
  const end = `\n\n${marker}`;
  if (body === marker) return "";
  if (!body.endsWith(end)) throw new Error(`no marker at the end of ${body.slice(-80)}`);
  return body.slice(0, -end.length);
}
