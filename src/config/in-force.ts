/**
 * What is in force of one config file (DESIGN §6): the file as it is when it is good; else its last
 * good version, with the problems listed; else nothing. A file that is not there says nothing, and
 * what an earlier one said is forgotten.
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
  const parsed = content.state === "unreadable" ? unreadableFile<T>(key) : parse(textOf(content));
  if (!parsed.good) return { value: await lastGoodValue(key, parse, lastGood), problems: parsed.problems };
  if (content.state === "absent") await lastGood.forget(key);
  else if (mayKeep) await lastGood.put(key, textOf(content));
  return { value: parsed.value, problems: [] };
}

const textOf = (content: FileContent): string => (content.state === "found" ? content.text : "");

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
  const file = key.file === "account" ? "account" : "repository";
  return { good: false, problems: [{ file, line: 1, column: 1, path: "", message: unreadable }] };
}
