/**
 * What is in force of one config file (DESIGN §6): the file as it is when it is good; else its last
 * good version, with the problems listed; else nothing. A file that is not there says nothing, and
 * what an earlier one said is forgotten. One that only cannot be seen forgets nothing: losing sight of
 * a file, by a narrowed installation or a stray 404, must not be laxer than the file.
 */
import type { ConfigProblem } from "./config.js";
import type { FileContent } from "./file-cache.js";
import type { FileKey, LastGood } from "./last-good.js";
import type { Parsed } from "./parse.js";

export interface InForce<T> {
  /** undefined: the file is broken and no good version of it is known. */
  readonly value: T | undefined;
  readonly problems: readonly ConfigProblem[];
}

const unreadable =
  "The file is larger than 256 KB, a folder, or not text: make it a text file of at most 256 KB.";

/**
 * @param parse reads a text of this kind of file
 * @param mayKeep false when `parse` could not check everything: then a good text is not kept as such
 */
export async function inForce<T>(
  key: FileKey,
  content: FileContent,
  parse: (text: string) => Parsed<T>,
  lastGood: LastGood,
  mayKeep = true,
): Promise<InForce<T>> {
  if (content.state === "invisible") return outOfSight(key, content.address, parse, lastGood);
  const parsed = content.state === "unreadable" ? unreadableFile<T>(key) : parse(textOf(content));
  if (!parsed.good) return { value: await lastGoodValue(key, parse, lastGood), problems: parsed.problems };
  if (content.state === "absent") await lastGood.forget(key);
  else if (mayKeep) await lastGood.put(key, textOf(content));
  return { value: parsed.value, problems: [] };
}

const textOf = (content: FileContent): string => (content.state === "found" ? content.text : "");

/** The last good version, with a problem; where none is known there was never a file, as far as we know. */
async function outOfSight<T>(
  key: FileKey,
  address: string,
  parse: (text: string) => Parsed<T>,
  lastGood: LastGood,
): Promise<InForce<T>> {
  const text = await lastGood.get(key);
  const parsed = parse(text ?? "");
  const value = parsed.good ? parsed.value : undefined;
  if (text === undefined) return { value, problems: [] };
  return { value, problems: [{ ...wholeFile(key), message: cannotSee(address), invisible: true }] };
}

const cannotSee = (address: string): string =>
  `The app cannot see ${address} any more: give it access to that repository, or, if it was deleted, create it again without the file.`;

async function lastGoodValue<T>(
  key: FileKey,
  parse: (text: string) => Parsed<T>,
  lastGood: LastGood,
): Promise<T | undefined> {
  const text = await lastGood.get(key);
  const parsed = text === undefined ? undefined : parse(text);
  return parsed?.good ? parsed.value : undefined;
}

function unreadableFile<T>(key: FileKey): Parsed<T> {
  return { good: false, problems: [{ ...wholeFile(key), message: unreadable }] };
}

const wholeFile = (key: FileKey) => ({
  file: key.file === "account" ? ("account" as const) : ("repository" as const),
  line: 1,
  column: 1,
  path: "",
});
