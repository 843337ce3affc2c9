/** How notes on links and labels of organizations are told, word for word. */
import { describe, expect, test } from "@jest/globals";
import type { Remark } from "../../src/crm/remarks.js";
import { did, labels, told } from "./content.js";

const remarks = new Map<number, Remark>([
  [1, { note: "renewal at risk", important: true }],
  [2, { note: "[x](http://x) <b>\n- [ ] @dana #1 | `a`" }],
  [3, { important: true }],
]);
const linked = did("contacts", [{ type: "linked", contacts: [1, 3, 2, 4] }]);

test("notes stand behind their contacts, harmless", () => {
  expect(told([linked], { labels: { ...labels("names"), remarks } })).toBe(
    [
      "4 contacts linked to this issue:\n",
      "- Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH), **important**: renewal at risk",
      "- Maria Ruiz (contact 3, Stark, inactive), **important**",
      "- Bob Stone (contact 2, `b•••@acme.com`): \\[x\\]\\(http\\:\u200b\\/\\/x\\) \\<b\\> \\- \\[ \\] \\@\u200bdana \\#\u200b1 \\| \\`a\\`",
      "- José O'Neil-Paz (contact 4)",
    ].join("\n"),
  );
});

test("where only handles are shown there are none", () => {
  expect(told([linked], { labels: { ...labels("handles"), remarks } })).toBe(
    "4 contacts linked to this issue:\n\n- contact 1\n- contact 3\n- contact 2\n- contact 4",
  );
});

test("a changed note is told without it", () => {
  const outcomes = [
    { type: "noted", contact: 1 },
    { type: "added", contact: 4 },
  ] as const;
  expect(told([did("add_contacts", outcomes)], { labels: { ...labels("names"), remarks } })).toBe(
    "Linked already, and noted: Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH).\n\n" +
      "Linked José O'Neil-Paz (contact 4).",
  );
});

test("fields that do not fit are listed by their places", () => {
  const problems = [
    { code: "too_long", argument: 2, limit: 255 },
    { code: "unknown_field", argument: 3, meant: "note" },
    { code: "unknown_field", argument: 4 },
    { code: "repeated", argument: 5, field: "important" },
    { code: "not_yes_or_no", argument: 6 },
  ] as const;
  expect(told([did("add_contacts", [{ type: "unfit_remark", problems }])])).toBe(
    [
      "Nothing was linked, because of what follows the contacts:\n",
      "- Argument 2 is too long a note. It may have 255 characters.",
      "- Argument 3 is no field of a link. Did you mean `note:`?",
      '- Argument 4 is no field of a link. Write `note:"…"` or `important:yes`.',
      "- Argument 5 gives `important:` a second time. Keep one of them.",
      "- Argument 6 says neither yes nor no. Write `important:yes` or `important:no`.",
    ].join("\n"),
  );
});

test("a tick sets no note", () => {
  const outcomes = [
    { type: "choose", box: "add", candidates: [{ contact: 4 }], more: false },
    { type: "remark_not_ticked" },
  ] as const;
  expect(told([did("add_contacts", outcomes)])).toBe(
    "Tick a contact to link.\n\n- [ ] José O'Neil-Paz (contact 4)\n\n" +
      "A tick links without the note. To set it, name the contact in `/add_contacts` together with the note once more.",
  );
});

describe("labels that were not set", () => {
  const added = [did("add_contacts", [{ type: "added", contact: 4 }])];

  test.each([
    [
      "public",
      "No label was set, because everybody can read this repository and would see who your customers are. " +
        "To set labels all the same, write `labels: { public: true }` into `.github/liaison.yml`.",
    ],
    [
      "refused",
      "GitHub refused to change a label of this issue. See whether the app may write issues here, and whether " +
        "the issue has as many labels as it can have.",
    ],
  ] as const)("%s", (labelNote, sentence) => {
    expect(told(added, { labelNote })).toBe(`Linked José O'Neil-Paz (contact 4).\n\n${sentence}`);
  });
});
