/** Two links of one issue that turn out to be the same person's: one of them stays, and nothing it said is lost. */
import type { Link } from "../store/documents.js";

/** @param kept stays who linked it, when and from which group; takes over what only `other` says */
export const joinLinks = (kept: Link, other: Link): Link => ({ ...other, ...kept });
