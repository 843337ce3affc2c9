/** /create_contact: what a line says, whom it is put with, and what is offered. */
import { describe, expect, test } from "@jest/globals";
import { createContact } from "../../src/commands/create-contact.js";
import { recordCall, recordTools, type Answers } from "./record-fakes.js";

async function run(line: string, answers: Answers = {}, suggestions = 5) {
  const { tools, asked } = recordTools(answers);
  const outcomes = await createContact.run(recordCall(`/create_contact ${line}`, suggestions), tools);
  return { outcomes, input: asked[0]?.[2], asked };
}

const created = { type: "record_created", record: { kind: "contact", number: 81 } };

describe("what the line says", () => {
  const jane = { firstName: "Jane", lastName: "Doe" };
  test.each([
    ["a quoted name", '"Jane Doe"', jane],
    ["bare words", "Jane Doe", jane],
    ["a comma", '"Doe, Jane"', jane],
    ["a bare address", "Jane Doe jane@b.example", { ...jane, email: "jane@b.example" }],
    ["an address in brackets", '[contact:jane@b.example] "Jane Doe"', { ...jane, email: "jane@b.example" }],
    ["fields alone", "first_name:Jane last-name=Doe", jane],
    ["a field that wins over the name", '"Janet Doe" first_name:Jane', jane],
    ["one word beside the first name", "Doe first_name:Jane", jane],
    ["empty fields", 'Jane Doe phone:"" organization:""', { ...jane, phone: "", organization: "none" }],
    ["an organization by name", "Jane Doe organization:acme", { ...jane, organization: 7 }],
    ["an organization by number", "Jane Doe organization:7", { ...jane, organization: 7 }],
    ["an organization by reference", "Jane Doe [organization:Acme]", { ...jane, organization: 7 }],
  ])("%s", async (_, line, input) => {
    const told = await run(line);
    expect(told.input).toEqual(input);
    expect(told.outcomes).toEqual([created]);
  });
});

describe("what does not belong", () => {
  test.each([
    ["nothing at all", "", ["required", "required"]],
    ["one word", "Jane", ["required"]],
    ["an address alone", "jane@b.example", ["required", "required"]],
    ["two quoted names", '"Jane Doe" "Bob Stone"', ["misplaced"]],
    ["words beside a quoted name", '"Jane Doe" now', ["misplaced"]],
    ["two addresses", "Jane Doe a@b.example c@d.example", ["repeated_field"]],
    ["an address twice", "Jane Doe a@b.example email:a@b.example", ["repeated_field"]],
    ["a reference by number", "Jane Doe [contact:42]", ["misplaced"]],
    ["an open reference", "Jane Doe [contact:ja", ["misplaced"]],
    ["two organizations", "Jane Doe [organization:7] organization:7", ["repeated_field"]],
    ["half an address", "Jane Doe jane@", ["malformed"]],
  ])("%s", async (_, line, codes) => {
    const { outcomes, asked } = await run(line);
    expect(outcomes).toMatchObject([{ type: "record_unfit", problems: codes.map((code) => ({ code })) }]);
    expect(asked).toEqual([]);
  });
});

describe("the organization", () => {
  const box = (organization: number) => ({ deed: { do: "set_organization", contact: 81, organization } });

  test("that is not there is offered by boxes, a new one last", async () => {
    const { outcomes, input } = await run('Jane Doe organization:" Acme  Labs "');
    expect(input).not.toHaveProperty("organization");
    expect(outcomes).toEqual([
      created,
      {
        type: "organization_unknown",
        record: { kind: "contact", number: 81 },
        offers: [box(8), { deed: { do: "create_organization", contact: 81, wish: "Acme Labs for 81, d-1" } }],
      },
    ]);
  });

  test.each([
    ["a number", "organization:99"],
    ["a name too long", `organization:${"x".repeat(256)}`],
  ])("%s is no name for a new one", async (_, field) => {
    const { outcomes } = await run(`Jane Doe ${field}`);
    expect(outcomes[1]).toMatchObject({ offers: [box(8)] });
  });

  test("is not offered where names may not be shown", async () => {
    expect((await run("Jane Doe organization:Labs", {}, 0)).outcomes[1]).toMatchObject({ offers: [] });
    expect((await run("Jane Doe jane@acme.com", {}, 0)).outcomes).toEqual([created]);
  });

  test("of the address's domain is offered, not set", async () => {
    const { outcomes, input } = await run("Jane Doe jane@ACME.com");
    expect(input).not.toHaveProperty("organization");
    expect(outcomes).toEqual([created, { type: "offer", about: "organization", offers: [box(9)] }]);
  });

  test.each([
    ["named", "organization:Acme"],
    ["declined", 'organization:""'],
  ])("of the domain is not offered when one is %s", async (_, field) => {
    expect((await run(`Jane Doe jane@acme.com ${field}`)).outcomes).toEqual([created]);
  });
});

test("a taken address names its contact by number and offers nothing", async () => {
  const { outcomes } = await run("Jane Doe jane@acme.com organization:Labs", {
    created: { type: "taken", field: "email", by: 1 },
  });
  expect(outcomes).toEqual([{ type: "record_taken", field: "email", by: { kind: "contact", number: 1 } }]);
});
