/**
 * A whole reply: sections -> one comment (DESIGN §7). One section is told without ado; several each
 * get a heading with their line. A hidden marker at the end says which comment is answered, so that
 * a reply that was posted just before a crash is found again instead of posted twice.
 */
import { isAnswer, isPlainSuccess } from "../commands/outcome.js";
import { configLines, hasTrouble, type ConfigTrouble } from "./config-problems.js";
import type { Labels } from "./contact-label.js";
import { codeBlock, escapeMessage } from "./escape.js";
import { outcomeLines } from "./outcome-lines.js";
import { blotAddresses } from "./privacy.js";
import { refusalSentences } from "./refusals.js";
import type { ProblemSection, Section } from "./section.js";

/** GitHub takes 65,536 characters; some room is left for the marker. */
export const maxReply = 65_000;

export interface ReplyContent {
  readonly sections: readonly Section[];
  readonly labels: Labels;
  /** Excerpts of the text for problems, by section key; gone when the text is not at hand. */
  readonly excerpts: ReadonlyMap<string, string>;
  readonly config: ConfigTrouble;
  readonly commentDeleted: CommentDeleted;
  readonly labelNote?: LabelNote | undefined;
  readonly marker: string;
}

/** Labels of organizations are not set: because everybody would see them, or because GitHub will not have one. */
export type LabelNote = "public" | "refused";

/** Why the comment that is answered was deleted, by our hand: it showed an address in public, or the config wants it. */
export type CommentDeleted = false | "address" | "setting";

/** The hidden line that ties a reply to the comment or body it answers. */
export const replyMarker = (reply: string): string => `<!-- liaison:reply:${reply} -->`;

/** The reply as Markdown, at most `maxReply` characters. */
export function renderReply(content: ReplyContent): string {
  const notes = [
    ...configLines(content.config),
    ...deletionLines(content.commentDeleted),
    ...(content.labelNote === undefined ? [] : [labelSentences[content.labelNote]]),
    content.marker,
  ];
  const room = maxReply - notes.join("\n\n").length - 200;
  return [...fitting(sectionBlocks(content), room), ...notes].join("\n\n");
}

const labelSentences: Readonly<Record<LabelNote, string>> = {
  public:
    "No label was set, because everybody can read this repository and would see who your customers are. " +
    "To set labels all the same, write `labels: { public: true }` into `.github/liaison.yml`.",
  refused:
    "GitHub refused to change a label of this issue. See whether the app may write issues here, and whether " +
    "the issue has as many labels as it can have.",
};

function deletionLines(deleted: CommentDeleted): readonly string[] {
  switch (deleted) {
    case false:
      return [];
    case "address":
      return [
        "The comment with these quick actions was deleted, because it showed an e-mail address in public.",
      ];
    case "setting":
      return [
        "The comment with these quick actions was deleted: this repository is set up to keep no such comments.",
      ];
  }
}

function sectionBlocks(content: ReplyContent): readonly string[] {
  const { sections } = content;
  const refused = sections.filter((section) => section.kind === "refused");
  const told = sections
    .filter((section) => section.kind !== "refused")
    .filter((section) => !isEmpty(section));
  const several = told.length > 1;
  return [
    ...told.map((section) => sectionBlock(section, several, content)),
    ...refusalSentences(refused, { alone: told.length === 0 }),
  ];
}

/** Nothing could run: what is said of the config says why. */
const isEmpty = (section: Section): boolean => section.kind === "outcomes" && section.outcomes.length === 0;

function sectionBlock(
  section: Exclude<Section, { kind: "refused" }>,
  several: boolean,
  content: ReplyContent,
) {
  if (section.kind === "failed") return unexpectedFailure(section.delivery);
  if (section.kind === "problem") return problemBlock(section, content.excerpts.get(section.key));
  const lines = outcomeLines(section.action, section.outcomes, content.labels);
  const place = section.line === 0 ? "Before the edit" : `Line ${section.line}`;
  const heading = several ? [`**${place}**, \`/${section.action}\`:`] : [];
  return joinLines([...heading, ...lines]);
}

/** A paragraph and the list under it need an empty line between them; items of a list must have none. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    if (text === "") return line;
    const inList = line.startsWith("- ") && /(^|\n)- [^\n]*$/.test(text);
    return `${text}${inList ? "\n" : "\n\n"}${line}`;
  }, "");
}

function problemBlock({ line, message }: ProblemSection, excerpt: string | undefined): string {
  const told = `**Line ${line}** was not carried out. ${escapeMessage(message)}`;
  return excerpt === undefined || excerpt === "" ? told : `${told}\n\n${codeBlock(blotAddresses(excerpt))}`;
}

/** The first blocks, as many as fit, and how many do not: what is left out is always the end, so boxes keep their numbers. */
function fitting(blocks: readonly string[], room: number): readonly string[] {
  let used = 0;
  const full = blocks.findIndex((block) => (used += block.length + 2) > room);
  if (full === -1) return blocks;
  const left = blocks.length - full;
  return [
    ...blocks.slice(0, full),
    `This reply was too long for one comment, so its last ${left === 1 ? "part is" : `${left} parts are`} left out. ` +
      "`/contacts` lists who is linked to this issue now.",
  ];
}

/** `success`: all went as asked. `answer`: there is something to read. `trouble`: something to put right. */
export type Mood = "success" | "answer" | "trouble";

/** What a reader should feel: decides the reaction, and whether a reaction is enough. */
export function moodOf(sections: readonly Section[], config: ConfigTrouble): Mood {
  if (hasTrouble(config) || sections.some(isTrouble)) return "trouble";
  return sections.some(hasAnswer) ? "answer" : "success";
}

const isTrouble = (section: Section): boolean =>
  section.kind !== "outcomes" ||
  section.outcomes.some((outcome) => !isPlainSuccess(outcome) && !isAnswer(outcome));

const hasAnswer = (section: Section): boolean =>
  section.kind === "outcomes" && section.outcomes.some(isAnswer);

/** For failures nobody foresaw: one fixed sentence; the details are in the log under the delivery's id. */
const unexpectedFailure = (delivery: string): string =>
  `Something went wrong on our side, and your quick actions may not have been carried out in full. ` +
  `See with \`/contacts\` who is linked, and try the rest again in a new comment. ` +
  `Whoever runs Liaison here finds the details under delivery \`${delivery}\`.`;
