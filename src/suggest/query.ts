/** What somebody typed who is looking for a contact: an address (with a typo, it may be), or a name or part of one. */
import { cleanLine } from "../crm/clean.js";
import { fold, foldEmail, foldName, organizationKey } from "../crm/fold.js";
import { makeKeys, splitAddress, withoutDigits, wordsOf } from "../crm/search-keys.js";

export interface Query {
  readonly isAddress: boolean;
  /** Folded. */
  readonly text: string;
  /** Folded local part of an address; the text itself when it could be one ("jane.d"); else "". */
  readonly local: string;
  /** As the store keeps addresses, for prefixes. */
  readonly emailKey: string;
  /** As the store keeps names; "" for an address. */
  readonly nameKey: string;
  /** As the store keeps names of organizations; "" for an address. */
  readonly organizationKey: string;
  /** Search keys to look up. */
  readonly keys: readonly string[];
}

/** Longer than any address; what comes after it cannot matter. */
const maxQueryLength = 256;

export function readQuery(typed: string): Query {
  const line = addressInBrackets(cleanLine(typed.slice(0, 4 * maxQueryLength)).slice(0, maxQueryLength));
  const text = fold(line).trim();
  const isAddress = text.lastIndexOf("@") > 0;
  return isAddress ? addressQuery(line, text) : nameQuery(line, text);
}

function addressQuery(line: string, text: string): Query {
  const { local, domain } = splitAddress(text);
  const keys = makeKeys({ nameWords: [], localWords: wordsOf(local).map(withoutDigits), local, domain });
  return {
    isAddress: true,
    text,
    local,
    emailKey: foldEmail(line),
    nameKey: "",
    organizationKey: "",
    keys,
  };
}

function nameQuery(line: string, text: string): Query {
  const local = /^[a-z0-9._+-]+$/.test(text) ? text : "";
  const keysFor = (nameWords: string[]) => makeKeys({ nameWords, localWords: [], local, domain: "" });
  // Digits at a word's end belong to an address ("jane85"), as a rule, but names with them exist.
  const words = wordsOf(text);
  const readings = [words, words.map(withoutDigits), words.map(withoutUmlauts)];
  const keys = [...new Set(readings.flatMap(keysFor))];
  return {
    isAddress: false,
    text,
    local,
    emailKey: foldEmail(line),
    nameKey: foldName(line),
    organizationKey: organizationKey(line),
    keys,
  };
}

/** "Mueller" for Müller, which is kept as "muller". */
const withoutUmlauts = (word: string): string => word.replace(/([aou])e/gu, "$1");

/** `Jane Doe <jane@acme.com>`, as mail programs copy it, means the address. */
const addressInBrackets = (line: string): string => /<([^<>\s]+@[^<>\s]+)>/.exec(line)?.[1] ?? line;
