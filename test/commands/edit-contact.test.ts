/** /edit_contact: one reference, any fields. */
import { describe, expect, test } from "@jest/globals";
import { editContact } from "../../src/commands/edit-contact.js";
import { namesakes, recordCall, recordTools, type Answers } from "./record-fakes.js";

async function run(line: string, answers: Answers = {}, suggestions = 5) {
  const { tools, asked } = recordTools(answers);
  const outcomes = await editContact.run(recordCall(`/edit_contact ${line}`, suggestions), tools);
  return { outcomes, asked };
}

const record = { kind: "contact", number: 42 };

test.each([
  ["a field", "[contact:42] phone:1", { phone: "1" }],
  ["a field before the reference", "phone:1 jane@acme.com", { phone: "1" }],
  [
    "cleared fields",
    '[contact:42] email:"" phone:"" organization:""',
    { email: "", phone: "", organization: "none" },
  ],
  ["an organization by reference", "[contact:42] [organization:Acme]", { organization: 7 }],
  ["a new address", "jane@acme.com email:j@acme.com", { email: "j@acme.com" }],
  ["no field", "[contact:42]", {}],
])("%s", async (_, line, changes) => {
  const { outcomes, asked } = await run(line);
  expect(asked).toEqual([["edit", "contact", 42, changes]]);
  expect(outcomes).toEqual([{ type: "record_edited", record, fields: ["phone"] }]);
});

test.each<[string, string, readonly unknown[]]>([
  ["no reference", "phone:1", [{ type: "one_reference", kind: "contact" }]],
  [
    "two references",
    "[contact:42] [contact:43] phone:1",
    [{ problems: [{ code: "misplaced", argument: 2 }] }],
  ],
  ["an address behind the reference", "[contact:42] j@acme.com", [{ problems: [{ code: "misplaced" }] }]],
  ["text", "[contact:42] phone 1", [{ problems: [{ code: "misplaced" }, { code: "misplaced" }] }]],
])("%s changes nothing", async (_, line, expected) => {
  const { outcomes, asked } = await run(line);
  expect(outcomes).toMatchObject(expected);
  expect(asked).toEqual([]);
});

describe("a reference that is not clear", () => {
  test.each<[string, string, Answers, unknown]>([
    [
      "unknown",
      "[contact:Jnae] phone:1",
      { resolution: { type: "unknown" } },
      { why: "unknown", near: [43, 44] },
    ],
    [
      "of several",
      "[contact:Jane] phone:1",
      { resolution: namesakes(9) },
      { why: "ambiguous", near: [1, 2, 3, 4, 5] },
    ],
    ["open", "phone:1 [contact:", {}, { why: "open", near: [43] }],
  ])("%s", async (_, line, answers, expected) => {
    const { outcomes, asked } = await run(line, answers);
    expect(outcomes).toMatchObject([{ type: "record_unclear", kind: "contact", ...(expected as object) }]);
    expect(asked).toEqual([]);
  });

  test("names nobody where names may not be shown", async () => {
    const { outcomes } = await run("[contact:Jnae] phone:1", { resolution: { type: "unknown" } }, 0);
    expect(outcomes).toMatchObject([{ near: [] }]);
  });

  test("is told beside everything else that is wrong", async () => {
    const { outcomes } = await run("[contact:Jnae] email:x", { resolution: { type: "unknown" } });
    expect(outcomes).toMatchObject([{ type: "record_unclear" }, { problems: [{ code: "malformed" }] }]);
  });
});

test("a line that is carried out again means the contact it meant at first", async () => {
  const { asked } = await run("old@acme.com email:new@acme.com", {
    resolution: { type: "unknown" },
    begun: [42],
  });
  expect(asked).toEqual([["edit", "contact", 42, { email: "new@acme.com" }]]);
});

test.each<[string, Answers["edited"], unknown]>([
  ["unchanged", { type: "unchanged", number: 42 }, { type: "record_unchanged", record }],
  ["gone", { type: "unknown" }, { type: "record_gone", record }],
  [
    "taken",
    { type: "taken", field: "email", by: 1 },
    { type: "record_taken", field: "email", by: { kind: "contact", number: 1 } },
  ],
])("%s", async (_, edited, expected) => {
  const { outcomes } = await run("[contact:42] phone:1", edited && { edited });
  expect(outcomes).toEqual([expected]);
});

test("an organization that is not there is offered, and the other fields are changed", async () => {
  const { outcomes, asked } = await run("[contact:42] phone:1 organization:Labs");
  expect(asked).toEqual([["edit", "contact", 42, { phone: "1" }]]);
  expect(outcomes[1]).toMatchObject({
    type: "organization_unknown",
    offers: [
      { deed: { do: "set_organization", contact: 42 } },
      { deed: { do: "create_organization", wish: "Labs for 42, d-1" } },
    ],
  });
});
