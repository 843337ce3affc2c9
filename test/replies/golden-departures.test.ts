/** The wording of merging and erasing, whole, as GitHub gets it: before the tick, after it, and in public. */
import { describe, expect, test } from "@jest/globals";
import type { Deed, Offer } from "../../src/commands/deed.js";
import type { DepartureOutcome } from "../../src/commands/departure-outcome.js";
import type { Reveal } from "../../src/replies/privacy.js";
import { did, labels, told } from "./content.js";

const nothing = { issues: 0, employed: 0, fields: [] };

const departure = (
  kind: "contact" | "organization",
  forecast: Extract<DepartureOutcome, { type: "departure" }>["forecast"],
  deed: Deed,
  more: Omit<Offer, "deed"> = {},
): DepartureOutcome => ({ type: "departure", kind, forecast, offers: [{ deed, ...more }] });

const say = (outcome: DepartureOutcome, reveal: Reveal = "names") =>
  told([did("merge_contacts", [outcome])], {
    labels: { ...labels(reveal), organizations: new Map([[7, "Acme GmbH"]]) },
  });

const jane = "Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)";
const bob = "Bob Stone (contact 2, `b•••@acme.com`)";
const confirm = "Tick to confirm. This cannot be undone:";
const losing =
  "What both have stays as it is in the one that is kept; what only differs in the others is lost.";
const merge: Deed = { do: "merge_contacts", keep: 1, duplicates: [2] };
const mergeCompanies: Deed = { do: "merge_organizations", keep: 7, duplicates: [9] };
const erase: Deed = { do: "erase_contact", contact: 1 };
const eraseCompany: Deed = { do: "erase_organization", organization: 7 };

describe("before the tick", () => {
  test.each<readonly [string, DepartureOutcome, string]>([
    [
      "a merge that moves and fills",
      departure("contact", { issues: 12, employed: 0, fields: ["email", "phone"] }, merge),
      `12 issues will be linked to ${jane} instead, and its history is joined. ` +
        `It takes over the e-mail address and phone number. ${losing}\n\n${confirm}\n\n- [ ] merge ${bob} into ${jane}`,
    ],
    [
      "a merge that fills nothing",
      departure("contact", { ...nothing, issues: 1 }, merge),
      `1 issue will be linked to ${jane} instead, and its history is joined. It takes over no fields. ${losing}\n\n` +
        `${confirm}\n\n- [ ] merge ${bob} into ${jane}`,
    ],
    [
      "a merge of organizations",
      departure("organization", { ...nothing, employed: 3, fields: ["domains"] }, mergeCompanies),
      `3 contacts will belong to Acme GmbH (organization 7) instead, and its history is joined. ` +
        `It takes over the list of domains. ${losing}\n\n${confirm}\n\n` +
        "- [ ] merge organization 9 into Acme GmbH (organization 7)",
    ],
    [
      "an erasure of somebody with more issues than are counted",
      departure("contact", { ...nothing, issues: 10_000 }, erase),
      "The contact, all it is found by and its links to 10,000 issues or more will be removed. " +
        "The audit trail keeps numbers and counts. Comments on GitHub that name the person are not changed.\n\n" +
        `${confirm}\n\n- [ ] erase ${jane}`,
    ],
    [
      "an erasure of an organization",
      departure("organization", { ...nothing, employed: 1 }, eraseCompany),
      "The organization will be removed, and 1 contact will belong to none. The audit trail keeps numbers and " +
        `counts. Comments on GitHub that name it are not changed.\n\n${confirm}\n\n- [ ] erase Acme GmbH (organization 7)`,
    ],
  ])("%s", (_, outcome, words) => {
    expect(say(outcome)).toBe(words);
  });
});

describe("after the tick the receipt counts, not the forecast", () => {
  const receipt = { issues: 2, employed: 5, fields: ["email"] };
  const done = { result: "done", receipt } as const;
  test.each<readonly [string, DepartureOutcome, string]>([
    [
      "merged",
      departure("contact", nothing, merge, done),
      `Merged: 2 issues moved to ${jane}. It has taken over the e-mail address.\n\n- [x] merge ${bob} into ${jane}: done`,
    ],
    [
      "merged organizations",
      departure("organization", nothing, mergeCompanies, done),
      "Merged: 5 contacts moved to Acme GmbH (organization 7). It has taken over the e-mail address. " +
        "Its labels on issues, if there are any, follow in the background.\n\n" +
        "- [x] merge organization 9 into Acme GmbH (organization 7): done",
    ],
    [
      "erased",
      departure("contact", nothing, { do: "erase_contact", contact: 99 }, done),
      "Erased: the contact with all of its fields, what it was found by, and its links to 2 issues.\n\n" +
        "Kept: numbers and counts in the audit trail. Not changed: comments, titles and texts on GitHub that name " +
        "the person, and earlier replies of this app; edit or delete those there.\n\n- [x] erase contact 99: done",
    ],
    [
      "erased organization",
      departure("organization", nothing, eraseCompany, done),
      "Erased: the organization with all of its fields. 5 contacts had it and now have none.\n\n" +
        "Kept: numbers and counts in the audit trail. Not changed: comments on GitHub that name it.\n\n" +
        "Its labels on issues, if there are any, follow in the background.\n\n" +
        "- [x] erase Acme GmbH (organization 7): done",
    ],
    [
      "somebody was faster",
      departure("contact", nothing, merge, { result: "already_done" }),
      `Nothing was changed.\n\n- [x] merge ${bob} into ${jane}: was done already`,
    ],
    [
      "gone",
      departure("contact", nothing, erase, { result: "gone" }),
      `Nothing was changed.\n\n- [x] erase ${jane}: is no longer among the records used here`,
    ],
  ])("%s", (_, outcome, words) => {
    expect(say(outcome)).toBe(words);
  });
});

test.each<readonly [string, DepartureOutcome, string]>([
  [
    "a merge",
    departure("contact", { issues: 1, employed: 0, fields: ["email"] }, merge),
    "- [ ] merge contact 2 into contact 1",
  ],
  ["an erasure", departure("organization", nothing, eraseCompany), "- [ ] erase organization 7"],
])("in public, %s shows numbers only", (_, outcome, box) => {
  const words = say(outcome, "handles");
  expect(words.endsWith(box)).toBe(true);
  expect(words).not.toMatch(/Jane|Doe|Bob|Stone|Acme|@/);
});

test.each<readonly [DepartureOutcome, string]>([
  [
    { type: "merge_unfit", kind: "contact", why: "too_few" },
    "Name at least two different contacts, the one to keep first: `/merge_contacts [contact:42] [contact:57]`.",
  ],
  [
    { type: "merge_unfit", kind: "organization", why: "too_many" },
    "One line can merge at most 10 duplicates. Spread them over several lines.",
  ],
])("%j has its remedy", (outcome, words) => {
  expect(say(outcome)).toBe(words);
});
