/** The wording of replies about records: what happened, what to do about it, and how little it shows. */
import { describe, expect, test } from "@jest/globals";
import type { Outcome } from "../../src/commands/outcome.js";
import type { RecordProblem } from "../../src/commands/record-outcome.js";
import { withResults } from "../../src/replies/boxes.js";
import { did, labels, told } from "./content.js";

const jane = { kind: "contact", number: 1 } as const;
const acme = { kind: "organization", number: 1 } as const;
const janeLabel = "Jane Doe (contact 1, `j•••@acme.com`, Acme GmbH)";

const unfit = (kind: "contact" | "organization", ...problems: RecordProblem[]): Outcome => ({
  type: "record_unfit",
  kind,
  problems,
});

const tooLong: RecordProblem = {
  field: "phone",
  code: "too_long",
  limit: 32,
  message: "The phone number is too long; it may have 32 characters.",
};

const rows: readonly (readonly [name: string, outcome: Outcome, names: string, handles: string])[] = [
  ["a new contact", { type: "record_created", record: jane }, `Created ${janeLabel}.`, "Created contact 1."],
  [
    "a new organization",
    { type: "record_created", record: acme },
    "Created Acme GmbH (organization 1).",
    "Created organization 1.",
  ],
  [
    "changed fields",
    { type: "record_edited", record: jane, fields: ["firstName", "email", "organization"] },
    `Changed the first name, e-mail address and organization of ${janeLabel}.`,
    "Changed the first name, e-mail address and organization of contact 1.",
  ],
  [
    "a renamed organization",
    { type: "record_edited", record: acme, fields: ["name"] },
    "Changed the name of Acme GmbH (organization 1). Its labels on issues, if there are any, follow in the background.",
    "Changed the name of organization 1. Its labels on issues, if there are any, follow in the background.",
  ],
  [
    "nothing changed",
    { type: "record_unchanged", record: acme },
    "Nothing to change: Acme GmbH (organization 1) is so already.",
    "Nothing to change: organization 1 is so already.",
  ],
  [
    "gone",
    { type: "record_gone", record: jane },
    "Nothing was changed: this contact is no longer there.",
    "Nothing was changed: this contact is no longer there.",
  ],
  [
    "a taken address",
    { type: "record_taken", field: "email", by: jane },
    `Nothing was done: ${janeLabel} has this address already. Give another one, or change that one with \`/edit_contact [contact:1] …\`.`,
    "Nothing was done: contact 1 has this address already. Give another one, or change that one with `/edit_contact [contact:1] …`.",
  ],
  [
    "a taken name",
    { type: "record_taken", field: "name", by: acme },
    "Nothing was done: Acme GmbH (organization 1) has this name already. Give another one, or change that one with `/edit_organization [organization:1] …`.",
    "Nothing was done: organization 1 has this name already. Give another one, or change that one with `/edit_organization [organization:1] …`.",
  ],
  [
    "switched off",
    { type: "record_states", kind: "contact", state: "inactive", changed: [3], already: [1] },
    `Deactivated Maria Ruiz (contact 3, Stark, inactive).\n\nInactive already: ${janeLabel}.`,
    "Deactivated contact 3.\n\nInactive already: contact 1.",
  ],
  [
    "switched on",
    { type: "record_states", kind: "organization", state: "active", changed: [1, 2], already: [] },
    "Activated Acme GmbH (organization 1) and Stark (organization 2).",
    "Activated organization 1 and organization 2.",
  ],
  [
    "an unknown reference with near ones",
    { type: "record_unclear", kind: "contact", why: "unknown", argument: 2, near: [1] },
    `Reference 2 matches no contact. Name the one you mean by its number, as in \`[contact:42]\`:\n\n- ${janeLabel}`,
    "Reference 2 matches no contact. Name the one you mean by its number, as in `[contact:42]`:\n\n- contact 1",
  ],
  [
    "an unknown organization with none near",
    { type: "record_unclear", kind: "organization", why: "unknown", argument: 1, near: [] },
    "Reference 1 matches no organization. Write `[organization:7]` or `[organization:Name]`.",
    "Reference 1 matches no organization. Write `[organization:7]` or `[organization:Name]`.",
  ],
  [
    "text where a reference belongs",
    { type: "record_unclear", kind: "contact", why: "misfit", argument: 1, near: [] },
    "Argument 1 names no contact. Write an e-mail address, `[contact:42]` or `[contact:First Last]`.",
    "Argument 1 names no contact. Write an e-mail address, `[contact:42]` or `[contact:First Last]`.",
  ],
  [
    "one mistake",
    unfit("contact", tooLong),
    "Nothing was done. The phone number is too long; it may have 32 characters.",
    "Nothing was done. The phone number is too long; it may have 32 characters.",
  ],
  [
    "an organization that is not there, where nothing may be offered",
    { type: "organization_unknown", record: jane, offers: [] },
    'No organization has this name or number, so the contact\'s organization was not set. Create it with `/create_organization`, then name it in `/edit_contact [contact:1] organization:"…"`.',
    'No organization has this name or number, so the contact\'s organization was not set. Create it with `/create_organization`, then name it in `/edit_contact [contact:1] organization:"…"`.',
  ],
];

describe.each(rows)("%s", (_, outcome, names, handles) => {
  test("with names", () => {
    expect(told([did("create_contact", [outcome])])).toBe(names);
  });
  test("by numbers only", () => {
    expect(told([did("create_contact", [outcome])], { labels: labels("handles") })).toBe(handles);
  });
});

test("all mistakes of a line stand in one list", () => {
  const problems: readonly RecordProblem[] = [
    { code: "unknown_field", argument: 2, meant: "phone" },
    { code: "unknown_field", argument: 3 },
    { code: "repeated_field", argument: 4 },
    { code: "state_field", argument: 5 },
    { code: "misplaced", argument: 6 },
    tooLong,
  ];
  expect(told([did("edit_contact", [unfit("contact", ...problems)])])).toBe(
    [
      "Nothing was done:\n",
      "- Argument 2 is no field of a contact. Did you mean `phone:`?",
      "- Argument 3 is no field of a contact. The fields are `first_name:`, `last_name:`, `email:`, `phone:`, `description:` and `organization:`.",
      "- Argument 4 gives a field again that this line has already. Keep one of them.",
      "- Argument 5 is no field to edit. Use `/activate_contact` or `/deactivate_contact`.",
      "- Argument 6 does not belong here. Write `key:value`, with quotation marks around several words: `first_name:`, `last_name:`, `email:`, `phone:`, `description:` and `organization:`.",
      "- The phone number is too long; it may have 32 characters.",
    ].join("\n"),
  );
});

describe("organizations to pick", () => {
  const shownLabels = { labels: { ...labels("names"), wishes: new Map([["w", "A*cme @ <b>Labs</b>"]]) } };
  const section = did("create_contact", [
    {
      type: "organization_unknown",
      record: jane,
      offers: [
        { deed: { do: "set_organization", contact: 1, organization: 2 } },
        { deed: { do: "create_organization", contact: 1, wish: "w" } },
      ],
    },
  ]);

  test("are boxes, a new one without its name once that was erased", () => {
    expect(told([section])).toMatch(/- \[ \] Stark \(organization 2\)\n- \[ \] a new organization$/);
  });

  test("are boxes, a new one with its name made harmless", () => {
    expect(told([section], shownLabels)).toBe(
      "No organization has this name or number, so the contact's organization was not set. Tick the one that is meant:\n\n" +
        "- [ ] Stark (organization 2)\n- [ ] a new organization, A\\*cme \\@\u200b \\<b\\>Labs\\<\\/b\\>",
    );
  });

  test("show no name where only numbers may be shown", () => {
    const shown = told([section], { labels: { ...shownLabels.labels, reveal: "handles" } });
    expect(shown).toContain("- [ ] organization 2\n- [ ] a new organization");
    expect(shown).not.toMatch(/Stark|Labs/);
  });

  test("tell what a tick did", () => {
    const shown = told(
      withResults(
        [section],
        new Map([
          [1, "done"],
          [0, "gone"],
        ]),
      ),
    );
    expect(shown).toContain(
      "- [x] Stark (organization 2): is no longer among the records used here\n- [x] a new",
    );
    expect(shown).toMatch(/: done$/);
  });

  test("of an address's domain are introduced as such", () => {
    const offers = [{ deed: { do: "set_organization", contact: 1, organization: 1 } }] as const;
    expect(told([did("create_contact", [{ type: "offer", about: "organization", offers }])])).toBe(
      "The mail domain of the address belongs to an organization. Tick to put the contact there:\n\n- [ ] Acme GmbH (organization 1)",
    );
  });
});
