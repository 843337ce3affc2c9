/** Two links of one issue that turn out to be the same person's: one of them stays, with what both said. */
import type { Link } from "../store/documents.js";
import { lengthOf } from "./clean.js";
import { maxNote } from "./remarks.js";

/** @param kept stays who linked it, when and from which group; the remarks of `other` are added to its own */
export function joinLinks(kept: Link, other: Link): Link {
  const note = joinNotes(kept.note, other.note);
  const important = kept.important ?? other.important;
  return { ...kept, ...(note !== undefined && { note }), ...(important && { important }) };
}

/** One after the other, cut where a note ends. */
function joinNotes(kept: string | undefined, other: string | undefined): string | undefined {
  if (kept === undefined || other === undefined || kept === other) return kept ?? other;
  const joined = `${kept}; ${other}`;
  return lengthOf(joined) <= maxNote
    ? joined
    : `${Array.from(joined)
        .slice(0, maxNote - 1)
        .join("")}…`;
}
