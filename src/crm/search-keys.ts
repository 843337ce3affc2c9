/**
 * Search keys (DESIGN §9): about 20 short strings per contact, made from its folded name and
 * address so that a query with a typo or two still shares a rare one with the contact that is
 * meant. Rare by construction, because only the rarest keys of a query are read from the store.
 *
 * For "Jane Doe", jane@acme.com:
 *   doe|jan  -doe|jan  -ane|doe   two words by their first or last three letters
 *   j=doe  d=jane  one word exact, the other by its initial; =jane for a lone word
 *   jan@acme  jan@-cmecom  …  a word of the local part with the domain's beginning or ending
 *   j@@acme.com  -e@@acme.com  first and last letter of the local part with the whole domain
 *   ljanedoe  <janedo  >anedoe  the whole run of letters, its first and last six
 *
 * How often each key occurs, and how well this does, is measured in the benchmark of suggest/.
 */
import { fold } from "./fold.js";

/** More words than this are left out, and longer words cut: hostile names must not make hostile indexes. */
const maxWords = 4;
const maxLetters = 64;

/** What keys are made of, all of it folded. */
export interface KeyParts {
  readonly nameWords: readonly string[];
  /** Words of the local part, without trailing digits. */
  readonly localWords: readonly string[];
  readonly local: string;
  readonly domain: string;
}

/** The keys that are kept with a contact. Whoever makes them otherwise has to make those anew that are kept already. */
export function contactKeys(contact: {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
}): string[] {
  const { local, domain } = splitAddress(fold(contact.email ?? ""));
  return makeKeys({
    nameWords: wordsOf(fold(`${contact.firstName} ${contact.lastName}`)),
    localWords: wordsOf(local).map(withoutDigits),
    local,
    domain,
  });
}

/** A folded address at its last "@"; without one, all of it is the local part. */
export function splitAddress(address: string): { readonly local: string; readonly domain: string } {
  const at = address.lastIndexOf("@");
  if (at < 0) return { local: address, domain: "" };
  return { local: address.slice(0, at), domain: address.slice(at + 1) };
}

export const wordsOf = (folded: string): string[] =>
  folded
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "")
    .map(cut);

/** "jane1985" as "jane"; a word of digits only stays. */
export const withoutDigits = (word: string): string => word.replace(/\d+$/, "") || word;

/** The keys of a contact, or of a query for one. No repetitions. */
export function makeKeys(parts: KeyParts): string[] {
  const nameWords = parts.nameWords.slice(0, maxWords);
  const localWords = parts.localWords.slice(0, maxWords);
  const local = cut(squash(parts.local));
  const keys = [
    ...pairKeys(nameWords),
    ...pairKeys(localWords),
    ...domainKeys(localWords, local, cut(parts.domain)),
    ...runKeys(local),
    ...runKeys(cut(nameWords.join(""))),
  ];
  const [first, last] = nameWords;
  if (first !== undefined && last !== undefined && nameWords.length === 2) keys.push(`l${last}${first}`);
  return [...new Set(keys)];
}

function pairKeys(given: readonly string[]): string[] {
  const words = [...new Set(given)];
  const [lone] = words;
  if (words.length === 1 && lone !== undefined) return [`=${lone}`];
  return words.flatMap((a, i) =>
    words
      .slice(i + 1)
      .flatMap((b) => [
        inOrder(head(a), head(b)),
        inOrder(head(a), tail(b)),
        inOrder(tail(a), head(b)),
        `${first(a)}=${b}`,
        `${first(b)}=${a}`,
      ]),
  );
}

function domainKeys(localWords: readonly string[], local: string, domain: string): string[] {
  if (domain === "") return [];
  const plain = squash(domain);
  const [start, end] = [plain.slice(0, 4), plain.slice(-6)];
  const words = localWords.flatMap((word) =>
    [head(word), tail(word)].flatMap((part) => [`${part}@${start}`, `${part}@-${end}`]),
  );
  return local === ""
    ? words
    : [...words, `${local.slice(0, 1)}@@${domain}`, `-${local.slice(-1)}@@${domain}`];
}

const runKeys = (run: string): string[] => {
  if (run === "") return [];
  const letters = Array.from(run);
  if (letters.length <= 6) return [`l${run}`];
  return [`l${run}`, `<${letters.slice(0, 6).join("")}`, `>${letters.slice(-6).join("")}`];
};

// By code points: half a character is no text and would not survive the store.
const first = (word: string) => Array.from(word).slice(0, 1).join("");
const head = (word: string) => Array.from(word).slice(0, 3).join("");
const tail = (word: string) => `-${Array.from(word).slice(-3).join("")}`;
const cut = (text: string) =>
  text.length <= maxLetters ? text : Array.from(text).slice(0, maxLetters).join("");
const inOrder = (a: string, b: string) => (a < b ? `${a}|${b}` : `${b}|${a}`);
const squash = (text: string) => text.replace(/[^a-z0-9]+/g, "");
