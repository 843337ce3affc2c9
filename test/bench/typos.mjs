/**
 * What people type who look for a contact, with the mistakes they make, and whether an answer is a
 * good one. Independent of the app's own code, so that both can be wrong, but not in the same way.
 */
import { random } from "./random.mjs";

/** Kind of mistake -> how many of a thousand queries. */
const kinds = {
  "e-mail, 1 edit": 250,
  "e-mail, 2 edits": 150,
  "typo in the domain": 75,
  "another domain": 75,
  name: 100,
  "name, turned round": 75,
  "typo in the name": 75,
  "beginning of a name": 50,
  "beginning of an address": 50,
  "no accents": 100,
};
const letters = "abcdefghijklmnopqrstuvwxyz";
const freeMail = ["gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "example.com"];

const special = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const german = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

/** Lower case, without accents. */
export const plain = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßæœøłđðþı]/gu, (letter) => special[letter]);

/** As Germans write umlauts on a keyboard that has none. */
export const plainGerman = (text) =>
  plain(text.toLowerCase().replace(/[äöüß]/gu, (letter) => german[letter]));

const isAscii = (text) => !/[^\x00-\x7f]/u.test(text);
const isLatin = (text) => !/[^\u0000-\u024f]/u.test(text);
const isJapanese = (text) => /[\u3040-\u9fff]/u.test(text);

/** One letter dropped, added (often twice the same), replaced, or swapped with the next. */
function edit(next, text, from = 0, to = text.length) {
  for (;;) {
    const at = from + Math.floor(next() * (to - from));
    const letter = letters[Math.floor(next() * letters.length)];
    const edited = [
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + (next() < 0.4 ? text[at] : letter) + text.slice(at),
      () => text.slice(0, at) + letter + text.slice(at + 1),
      () => (at + 1 < to ? text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2) : text),
    ][Math.floor(next() * 4)]();
    if (edited !== text && edited.length > 1 && !/\s{2}|^\s|\s$/u.test(edited)) return edited;
  }
}

/** What makes a query of each kind from a person; undefined where this person does not suit. */
const makers = {
  "e-mail, 1 edit": (next, { email }) => edit(next, email),
  "e-mail, 2 edits": (next, { email }) => edit(next, edit(next, email)),
  "typo in the domain": (next, { email }) => edit(next, email, email.indexOf("@") + 1),
  "another domain": (next, { email }) => {
    const [local, domain] = email.split("@");
    if (next() >= 0.4) return `${local}@${freeMail[Math.floor(next() * freeMail.length)]}`;
    return `${local}@${domain.replace(/\.[a-z]+$/u, (ending) => (ending === ".com" ? ".net" : ".com"))}`;
  },
  name: (next, { first, last }) =>
    (isJapanese(last) ? `${last}${next() < 0.5 ? " " : ""}${first}` : `${first} ${last}`).toLowerCase(),
  "name, turned round": (next, { first, last }) => `${last}, ${first}`.toLowerCase(),
  "typo in the name": (next, { first, last }) =>
    isLatin(first + last) ? edit(next, `${first} ${last}`.toLowerCase()) : undefined,
  "beginning of a name": (next, { first, last }) => {
    if (first.length < 5 || !isLatin(first)) return undefined;
    const few = next() < 0.5 ? 3 : 4;
    if (next() < 0.5) return first.toLowerCase().slice(0, few);
    return `${first} ${last.slice(0, few - 1)}`.toLowerCase();
  },
  "beginning of an address": (next, { email }) =>
    /^[a-z]{3,}[._][a-z]{4,}/u.test(email)
      ? email.slice(0, email.search(/[._]/u) + 2 + Math.floor(next() * 3))
      : undefined,
  "no accents": (next, { first, last }) => {
    if (isAscii(first + last) || !isLatin(first + last)) return undefined;
    const without = /[äöüß]/iu.test(first + last) && next() < 0.25 ? plainGerman : plain;
    return without(!isAscii(last) && next() < 0.3 ? last : `${first} ${last}`);
  },
};

/** Which rule says whether an answer is as good as the person that was meant. */
function ruleOf(kind, typed) {
  if (kind === "another domain") return "local part";
  if (kind.startsWith("beginning")) return "beginning";
  if (kind.startsWith("e-mail") || kind === "typo in the domain") return "address";
  return kind === "no accents" && !typed.includes(" ") ? "last name" : "name";
}

/**
 * @param people `{ first, last, email }`, names and addresses in lower case or not; those without a name are passed over
 * @returns `{ kind, rule, typed, want }` about `count` of them
 */
export function makeQueries(people, count, seed) {
  const next = random(seed);
  const taken = new Set(people.map(({ email }) => email)); // a typo that is somebody else's address is none
  const query = (kind) => {
    for (;;) {
      const want = people[Math.floor(next() * people.length)];
      if (want.first === "" || want.last === "" || want.email === "") continue;
      const typed = makers[kind](next, want);
      if (typed === undefined || taken.has(typed)) continue;
      const rule = ruleOf(kind, typed);
      if (rule === "address" && !typed.includes("@")) continue;
      return { kind, rule, typed, want };
    }
  };
  return Object.entries(kinds).flatMap(([kind, share]) =>
    Array.from({ length: Math.round((share * count) / 1_000) }, () => query(kind)),
  );
}

/** Optimal string alignment: edits and swaps of neighbours; anything above `most` when there are more. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? beforeLast[column - 2] + 1
          : Infinity;
      current.push(Math.min(last[column] + 1, current[column - 1] + 1, replaced, swapped));
    }
    if (Math.min(...current) > most) return most + 1;
    [beforeLast, last] = [last, current];
  }
  return last[b.length];
}

/** Is this contact as good an answer as the one that was meant? */
const asGood = {
  address({ typed, want }, { email }) {
    const most = distance(typed, want.email, 6);
    return distance(typed, email, most) <= most;
  },
  "local part": ({ want }, { email }) => email.split("@")[0] === want.email.split("@")[0],
  name: ({ want }, { first, last }) => plain(`${first}|${last}`) === plain(`${want.first}|${want.last}`),
  "last name": ({ want }, { last }) => plain(last) === plain(want.last),
  beginning({ typed }, { first, last, email }) {
    const wanted = plain(typed);
    const words = plain(`${first} ${last}`).split(/\s+/u);
    const begins = (part) => words.some((word) => word.startsWith(part));
    return email.startsWith(wanted) || wanted.split(/\s+/u).every(begins);
  },
};

/** @returns the person that was meant, one as good, or neither */
export function judge(query, answers) {
  if (answers.some(({ email }) => email === query.want.email)) return "meant";
  return answers.some((answer) => asGood[query.rule](query, answer)) ? "as good" : "missed";
}
