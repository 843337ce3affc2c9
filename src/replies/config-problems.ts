/**
 * Mistakes in config files, told where people see them: under a reply. The repository's own file is
 * open to all who can read the reply; of the account's file, which may be private, only the place of
 * the mistake is told, and a hint that names a group of it only outside public repositories.
 */
import type { ConfigProblem } from "../config/config.js";
import { listing } from "./contact-label.js";
import { codeBlock, escapeText } from "./escape.js";

const shown = 10;

export interface ConfigTrouble {
  readonly problems: readonly ConfigProblem[];
  /** No good version is known: CRM is off here until the file is mended. */
  readonly unusable: boolean;
  /** The contact source is in another account that does not share it (or is not there: no difference is told). */
  readonly sourceNotShared: boolean;
  /** Everybody can read the reply. */
  readonly isPublic: boolean;
  /** Login of the account, for naming its config repository. */
  readonly account: string;
}

/** Is there anything to tell? */
export const hasTrouble = ({ problems, unusable, sourceNotShared }: ConfigTrouble): boolean =>
  problems.length > 0 || unusable || sourceNotShared;

/** Lines of Markdown; none when there is nothing to tell. */
export function configLines({
  problems,
  unusable,
  sourceNotShared,
  isPublic,
  account,
}: ConfigTrouble): readonly string[] {
  const consequence = unusable
    ? "CRM is off in this repository until it is mended. No quick action is carried out until then."
    : "Until it is mended, the last good version stays in force.";
  const mistakes = problems.filter(({ invisible }) => invisible !== true);
  const theirs = `\`.github/liaison.yml\` in ${escapeText(account)}/.github`;
  return [
    ...(sourceNotShared ? [notShared] : []),
    ...problems.flatMap(({ invisible, message }) => (invisible === true ? [escapeText(message)] : [])),
    ...ownLines(
      mistakes.filter(({ file }) => file === "repository"),
      consequence,
      isPublic,
    ),
    ...accountLines(
      theirs,
      mistakes.filter(({ file }) => file === "account"),
      consequence,
    ),
  ];
}

const notShared =
  "The contacts of this repository's group are to come from another account, which does not share them with " +
  "this one. An owner over there has to install Liaison and list this account under `share_contacts_with`. " +
  "No quick action is carried out until then.";

const ownFile = "`.github/liaison.yml` of this repository";

function ownLines(
  problems: readonly ConfigProblem[],
  consequence: string,
  isPublic: boolean,
): readonly string[] {
  if (problems.length === 0) return [];
  const details = problems.slice(0, shown).map(({ line, message, hint }) => {
    const help = hint === undefined || isPublic ? "" : ` ${hint}`;
    return `line ${line}: ${message}${help}`;
  });
  const rest = problems.length > shown ? [`and ${problems.length - shown} more`] : [];
  return [
    `The config file ${ownFile} has ${countOf(problems)}. ${consequence}`,
    codeBlock([...details, ...rest].join("\n")),
  ];
}

function accountLines(
  name: string,
  problems: readonly ConfigProblem[],
  consequence: string,
): readonly string[] {
  if (problems.length === 0) return [];
  return [`The config file ${name} has ${countOf(problems)} (${placesOf(problems)}). ${consequence}`];
}

const countOf = ({ length }: readonly ConfigProblem[]): string =>
  length === 1 ? "a mistake" : `${length} mistakes`;

/** `line 3`, or `lines 3, 7 and others`. */
function placesOf(problems: readonly ConfigProblem[]): string {
  const lines = [...new Set(problems.map(({ line }) => line))];
  const named = lines.slice(0, shown).map(String);
  return `${lines.length === 1 ? "line" : "lines"} ${listing(lines.length > shown ? [...named, "others"] : named)}`;
}
