/**
 * Names of quick actions: which canonical name a typed one stands for, and which one was probably
 * meant by a misspelt one (DESIGN §3.1). Other bots share the comments, so a near miss needs strong
 * evidence: `/contract`, `/help` and `/find_content` belong to somebody else.
 */
import { distance } from "fastest-levenshtein";
import { asciiTwin } from "./twins.js";

/** What a typed name is to us; undefined is somebody else's. */
export type NameReading =
  | { readonly type: "ours"; readonly name: string }
  | { readonly type: "near_miss"; readonly meant: string }
  | undefined;

/**
 * Reads a typed name. Any case, `-` for `_`, singular or plural of every word are ours; a misspelt one
 * is a near miss.
 */
export type NameReader = (typed: string) => NameReading;

interface Known {
  readonly name: string;
  readonly words: readonly string[];
  readonly joined: string;
}

const LONGEST = 40;
/** Up to this length, one other letter makes another word: `help` and `kelp`. */
const SHORT_WORD = 4;

function wordsOf(typed: string): readonly string[] {
  const words = asciiTwin(typed).toLowerCase().replaceAll("-", "_").split("_");
  return words.map((word) => (word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word));
}

/** The first index at which two words differ; -1 if the first one is a beginning of the other. */
function firstDifference(word: string, other: string): number {
  for (let at = 0; at < word.length; at += 1) if (word[at] !== other[at]) return at;
  return -1;
}

function neighboursSwapped(typed: string, word: string): boolean {
  if (typed.length !== word.length) return false;
  const at = firstDifference(typed, word);
  const swapped = `${typed.slice(0, at)}${typed[at + 1] ?? ""}${typed[at] ?? ""}${typed.slice(at + 2)}`;
  return at >= 0 && swapped === word;
}

/** One letter left out, or one typed twice. */
function lettersLostOrDoubled(typed: string, word: string): boolean {
  const [shorter, longer] = typed.length < word.length ? [typed, word] : [word, typed];
  if (longer.length !== shorter.length + 1) return false;
  const at = firstDifference(longer, shorter);
  if (longer.slice(at + 1) !== shorter.slice(at)) return false;
  return typed === shorter || longer[at] === longer[at - 1];
}

/** A slip of the fingers that is hardly another word. */
function isPlainSlip(typed: string, word: string): boolean {
  return neighboursSwapped(typed, word) || lettersLostOrDoubled(typed, word);
}

function isSlip(typed: string, word: string): boolean {
  if (typed === word || isPlainSlip(typed, word)) return true;
  return word.length > SHORT_WORD && Math.abs(typed.length - word.length) < 2 && distance(typed, word) === 1;
}

/** Word by word, at most one slip each; or, with other separators, one plain slip in all. */
function isNear(typed: readonly string[], joined: string, known: Known): boolean {
  if (Math.abs(joined.length - known.joined.length) > known.words.length) return false;
  const plain = joined === known.joined || isPlainSlip(joined, known.joined);
  if (plain || known.words.length === 1) return plain;
  return typed.length === known.words.length && typed.every((word, i) => isSlip(word, known.words[i] ?? ""));
}

function understand(typed: string, known: readonly Known[], byKey: ReadonlyMap<string, string>): NameReading {
  const words = wordsOf(typed);
  const name = byKey.get(words.join("_"));
  if (name !== undefined) return { type: "ours", name };
  const joined = words.join("");
  const near = known.find((candidate) => isNear(words, joined, candidate));
  return near && { type: "near_miss", meant: near.name };
}

/** A source of readers for one set of names; each reader remembers what it has read, for one text. */
export type Names = () => NameReader;

/**
 * @param names canonical names (`add_contacts`): lower case, words joined by `_`. Throws if two of
 *   them differ by case, separator or plural only, for then a typed name could mean either.
 */
export function createNames(names: readonly string[]): Names {
  const known = names.map((name): Known => {
    const words = wordsOf(name);
    return { name, words, joined: words.join("") };
  });
  const byKey = new Map(known.map(({ name, words }) => [words.join("_"), name]));
  if (byKey.size !== names.length) throw new Error("Two quick actions have the same name.");

  const exact = new Map(names.map((name): [string, NameReading] => [name, { type: "ours", name }]));

  return () => {
    const read = new Map<string, NameReading>();
    return (typed) => {
      const asWritten = exact.get(typed);
      if (asWritten !== undefined) return asWritten;
      if (typed.length > LONGEST) return undefined;
      if (!read.has(typed)) read.set(typed, understand(typed, known, byKey));
      return read.get(typed);
    };
  };
}
