/**
 * The label that an organization's contacts put on issues: `customer: Acme GmbH`. GitHub takes names of
 * at most 50 characters, without commas, and ignores case.
 */
import { cleanLine } from "./clean.js";

/** Counted in UTF-16 code units, the strictest way there is. */
const longest = 50;
const slot = "{name}";

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * @param template with one `{name}`, as the config schema takes it
 * @param name of the organization; cut where the label would be too long
 * @returns undefined when nothing would be left that can be a label
 */
export function organizationLabel(template: string, name: string): string | undefined {
  const spoken = cleanLine(name.replace(/[,，]+/g, " "));
  const [before = "", after = ""] = template.split(slot);
  const label = cleanLine(`${before}${cut(spoken, longest - before.length - after.length)}${after}`);
  return spoken === "" || /^[\s.]*$/.test(label) ? undefined : label;
}

/** As many whole characters as people see them as there is room for, and a mark that it goes on. */
function cut(name: string, room: number): string {
  if (name.length <= room) return name;
  let kept = "";
  for (const { segment } of characters.segment(name)) {
    if (kept.length + segment.length > room - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Names that are one label to GitHub have the same key. */
export const labelKey = (name: string): string => name.toLowerCase();
