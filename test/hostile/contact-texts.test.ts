/**
 * Contact text made of Markdown, HTML, mentions and invisible characters, in every field that a reply
 * shows, in every kind of reply: read again by a GFM parser, the reply has the same elements as with
 * plain names, and GitHub finds nobody and nothing in its text that it would not find otherwise.
 *
 * Which test covers which line of "hostile input": forged and replayed signatures, signatures.test.ts;
 * oversize and slow bodies, ../intake/limits.test.ts; deep JSON, ../intake/door.test.ts; odd Unicode,
 * operators, prototypes and 10,000 quick actions, texts.test.ts; YAML bombs and 256 KB of config,
 * ../config/hostile.test.ts; other accounts' ids, foreign-ids.test.ts and ../e2e/strangers.test.ts; one
 * text alone in every place, ../replies/escape.test.ts; fuzzing, door-fuzz.test.ts and ../config/fuzz.test.ts.
 */
import { describe, expect, test } from "@jest/globals";
import { marked, type Token } from "marked";
import type { Outcome } from "../../src/commands/outcome.js";
import type { ContactView, Labels } from "../../src/replies/contact-label.js";
import { noTrouble, did, told } from "../replies/content.js";
import { foundByGitHub, rendered } from "../replies/rendered.js";

const hostile: readonly (readonly [string, string])[] = [
  ["a link", "[Jane](https://evil.example)"],
  ["an image", "![x](https://evil.example/x.png)"],
  ["HTML", "<img src=x onerror=alert(1)><script>alert(1)</script>"],
  ["the end of a comment", "--> <b>Jane</b> <!--"],
  ["our marker", "<!-- liaison:reply:1:2:3:4 -->"],
  ["mentions", "@dana @acme/support (@olivia)"],
  ["issues", "#1 acme/helpdesk#2 GH-3"],
  ["closing words", "closes #1, fixes acme/helpdesk#2 and resolves GH-3"],
  ["addresses of the web", "https://evil.example www.evil.example mailto:x@evil.example"],
  ["a commit", "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"],
  ["a table", "a | b\n|---|---|\n| c | d"],
  ["a list with boxes", "\n- [x] done\n- [ ] open"],
  ["a heading", "\n\n# Jane\n\n---"],
  ["a fence", "\n```\ncode\n```\n~~~"],
  ["code", "`@dana` ``#1``"],
  ["direction marks", "\u202e@dana\u202c \u2066#1\u2069"],
  ["zero-width characters", "@\u200bdana #\u20601 \ufeff[a](b)"],
  ["entities", "&#64;dana &lt;b&gt; &#35;1"],
  ["mathematics", "$x$ $$y$$"],
  ["a quick action", "\n/erase_contact [contact:1]\n"],
];

/** Three people whose every field says `text`, after a plain word that keeps it from being empty. */
function labelsOf(text: string): Labels {
  const person = (number: number): ContactView => ({
    number,
    firstName: `Jane ${text}`,
    lastName: `Doe ${text}`,
    email: "jane@acme.com",
    organization: `Acme ${text}`,
    state: "active",
  });
  const numbers = [1, 2, 3];
  return {
    reveal: "names",
    directory: new Map(numbers.map((number) => [number, person(number)])),
    organizations: new Map(numbers.map((number) => [number, `Acme ${text}`])),
    wishes: new Map([["w", `Acme ${text}`]]),
    remarks: new Map(numbers.map((number) => [number, { note: `note ${text}`, important: true }])),
    issues: new Map([["5:1", { reference: "ISSUE", title: `Title ${text}`, closed: true }]]),
  };
}

const one = [{ contact: 1 }, { contact: 2, result: "added" as const }];
const counts = { issues: 2, employed: 3, fields: ["phone" as const] };
const history = {
  actor: 504,
  day: "2026-12-31",
  others: [2],
  fields: ["email"],
  issue: { repository: 5, number: 1 },
};

/** Every kind of outcome that can show what contacts, organizations or issues say. `text` where one holds a text itself. */
const outcomes: Readonly<Record<string, (text: string) => readonly Outcome[]>> = {
  links: () =>
    (["added", "already_linked", "noted", "removed", "not_linked", "inactive"] as const).map((type) => ({
      type,
      contact: 1,
    })),
  unknown: () => [{ type: "unknown", argument: 1, box: "add", candidates: one }],
  ambiguous: () => [{ type: "ambiguous", argument: 1, box: "remove", candidates: one, more: true }],
  choose: () => [{ type: "choose", box: "add", candidates: one, more: true }],
  linked: () => [{ type: "linked", contacts: [1, 2, 3] }],
  matches: () => [{ type: "matches", contacts: [1, 2], more: true }],
  issues: () =>
    (["contact", "organization"] as const).map((kind) => ({
      ...{ type: "issues", about: { kind, number: 1 }, issues: [{ repository: 5, number: 1 }], more: 1 },
      ...{ hidden: 0, hereOnly: false, partial: false },
    })),
  history: () => [
    {
      type: "history",
      of: 1,
      entries: [{ ...history, action: "edit_contact", change: "record" }],
      more: true,
    },
  ],
  which: () => [{ type: "which_contact", why: "ambiguous", contacts: [1, 2] }],
  records: () =>
    (["contact", "organization"] as const).flatMap((kind): Outcome[] => [
      { type: "record_created", record: { kind, number: 1 } },
      { type: "record_unchanged", record: { kind, number: 1 } },
      { type: "record_gone", record: { kind, number: 1 } },
      { type: "record_edited", record: { kind, number: 1 }, fields: ["phone"] },
      { type: "record_taken", field: kind === "contact" ? "email" : "name", by: { kind, number: 2 } },
      { type: "record_states", kind, state: "active", changed: [1], already: [2] },
      { type: "record_unclear", kind, why: "ambiguous", argument: 1, near: [1, 2] },
    ]),
  "a new organization": () => [
    {
      type: "organization_unknown",
      record: { kind: "contact", number: 1 },
      offers: [
        { deed: { do: "create_organization", contact: 1, wish: "w" } },
        { deed: { do: "set_organization", contact: 1, organization: 2 } },
      ],
    },
  ],
  departures: () => [
    {
      type: "departure",
      kind: "contact",
      forecast: counts,
      offers: [{ deed: { do: "merge_contacts", keep: 1, duplicates: [2] } }],
    },
    {
      type: "departure",
      kind: "contact",
      forecast: counts,
      offers: [{ deed: { do: "erase_contact", contact: 1 }, result: "done" }],
    },
    {
      ...{ type: "departure", kind: "organization", forecast: counts },
      offers: [{ deed: { do: "merge_organizations", keep: 1, duplicates: [2] }, result: "done" }],
    },
    {
      type: "departure",
      kind: "organization",
      forecast: counts,
      offers: [{ deed: { do: "erase_organization", organization: 1 } }],
    },
  ],
};

const replyOf = (kind: string, text: string): string =>
  told(
    (outcomes[kind]?.(text) ?? []).map((outcome, at) => did("contacts", [outcome], at + 1)),
    { labels: labelsOf(text) },
  );

/** Kinds of elements in order, as another parser of GitHub's dialect sees them; text and escapes left out. */
function shapeOf(markdown: string): readonly string[] {
  const shape: string[] = [];
  void marked.walkTokens(marked.lexer(markdown, { gfm: true }), ({ type }: Token) => {
    if (type !== "text" && type !== "escape") shape.push(type);
  });
  return shape;
}

describe.each(Object.keys(outcomes))("a reply of the kind %s", (kind) => {
  const plain = replyOf(kind, "x");

  test.each(hostile)("shows %s as text", (_, text) => {
    const reply = replyOf(kind, text);
    const page = rendered(reply);
    expect(reply).not.toBe(plain);
    expect(page.elements).toEqual(rendered(plain).elements);
    expect(shapeOf(reply)).toEqual(shapeOf(plain));
    expect(foundByGitHub(page.text)).toEqual(foundByGitHub(rendered(plain).text));
    expect(page.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2060\ufeff]/);
    expect(reply.split("\n").filter((line) => line.startsWith("/"))).toEqual([]);
  });
});

test.each(hostile)("a group's or account's name in a config problem shows %s as text", (_, text) => {
  const withConfig = (name: string) =>
    told([], {
      config: {
        ...noTrouble,
        account: name,
        problems: [
          { file: "account", line: 1, column: 1, path: "groups", message: `Unknown group "${name}".` },
        ],
      },
    });
  expect(rendered(withConfig(`acme ${text}`)).elements).toEqual(rendered(withConfig("acme x")).elements);
});
