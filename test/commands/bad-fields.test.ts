/**
 * Field × bad value, for both kinds of record, created and edited: what is refused, with what code,
 * and that nothing is written.
 */
import { describe, expect, test } from "@jest/globals";
import { createContact } from "../../src/commands/create-contact.js";
import { createOrganization } from "../../src/commands/create-organization.js";
import { editContact } from "../../src/commands/edit-contact.js";
import { editOrganization } from "../../src/commands/edit-organization.js";
import { recordCall, recordTools } from "./record-fakes.js";

const long = (length: number) => "ä".repeat(length);
const domains = (count: number) => Array.from({ length: count }, (_, n) => `d${n}.example`).join(",");

type Row = readonly [name: string, field: string, problem: Readonly<Record<string, unknown>>];

const contactRows: readonly Row[] = [
  ["no first name", 'first_name:""', { field: "firstName", code: "required" }],
  ["a first name of spaces", 'first_name:"  "', { field: "firstName", code: "required" }],
  ["a first name nobody sees", 'first_name:"\u200b"', { field: "firstName", code: "required" }],
  ["a first name too long", `first_name:${long(256)}`, { field: "firstName", code: "too_long", limit: 255 }],
  ["a last name of spaces", 'last_name:"  "', { field: "lastName", code: "required" }],
  ["no last name", 'last_name:""', { field: "lastName", code: "required" }],
  ["a last name too long", `last_name:${long(256)}`, { field: "lastName", code: "too_long", limit: 255 }],
  ["an address without a host", "email:jane@", { field: "email", code: "malformed" }],
  ["an address without a name", "email:@acme.com", { field: "email", code: "malformed" }],
  ["no address at all", "email:jane", { field: "email", code: "malformed" }],
  ["two addresses", 'email:"a@b.c, d@e.f"', { field: "email", code: "malformed" }],
  ["an address with a space", 'email:"jane doe@acme.com"', { field: "email", code: "malformed" }],
  ["an address with two dots", "email:jane..doe@acme.com", { field: "email", code: "malformed" }],
  [
    "an address too long",
    `email:${"a".repeat(250)}@acme.com`,
    { field: "email", code: "too_long", limit: 255 },
  ],
  ["an address in brackets", 'email:"<jane@acme.com>"', { field: "email", code: "malformed" }],
  [
    "an address with a host that begins with a dash",
    "email:jane@-acme.com",
    { field: "email", code: "malformed" },
  ],
  [
    "an address that turns its direction",
    'email:"jane\u202e@acme.com"',
    { field: "email", code: "malformed" },
  ],
  ["a phone number too long", `phone:${"1".repeat(33)}`, { field: "phone", code: "too_long", limit: 32 }],
  [
    "a description too long",
    `description:${long(1025)}`,
    { field: "description", code: "too_long", limit: 1024 },
  ],
  ["an unknown field", "website:acme.com", { code: "unknown_field" }],
  ["a mistyped field", "phnoe:1", { code: "unknown_field", meant: "phone" }],
  ["another word for a field", "company:Acme", { code: "unknown_field", meant: "organization" }],
  ["a field of organizations", "default_rate:1", { code: "unknown_field" }],
  ["the state", "state:inactive", { code: "state_field" }],
  ["a field twice", "phone:1 PHONE=2", { code: "repeated_field" }],
  ["the same twice", "phone:1 phone:1", { code: "repeated_field" }],
  ["a field of that name of every object", "constructor:1", { code: "unknown_field" }],
];

const organizationRows: readonly Row[] = [
  ["no name", 'name:""', { field: "name", code: "required" }],
  ["a name of spaces", 'name:"   "', { field: "name", code: "required" }],
  ["a name nobody sees", 'name:"\u200b\u2060"', { field: "name", code: "required" }],
  ["a name too long", `name:${long(256)}`, { field: "name", code: "too_long", limit: 255 }],
  ["a rate in words", "default_rate:much", { field: "defaultRate", code: "malformed" }],
  ["a rate with a comma", "default_rate:120,50", { field: "defaultRate", code: "malformed" }],
  ["a rate with its currency", "default_rate:120€", { field: "defaultRate", code: "malformed" }],
  ["an endless rate", "default_rate:Infinity", { field: "defaultRate", code: "malformed" }],
  ["a rate in hexadecimal", "default_rate:0x10", { field: "defaultRate", code: "malformed" }],
  ["a public mail provider", "domains:gmail.com", { field: "domains", code: "public_provider" }],
  ["one among others", "domains:acme.com,GMX.net", { field: "domains", code: "public_provider" }],
  ["a domain without a dot", "domains:acme", { field: "domains", code: "malformed" }],
  ["a domain with a path", "domains:acme.com/de", { field: "domains", code: "malformed" }],
  ["a domain with its scheme", 'domains:"https://acme.com"', { field: "domains", code: "malformed" }],
  ["an address for a domain", 'domains:"jane@acme.com"', { field: "domains", code: "malformed" }],
  ["any domain below one", "domains:*.acme.com", { field: "domains", code: "malformed" }],
  ["a domain with two dots", "domains:acme..com", { field: "domains", code: "malformed" }],
  ["eleven domains", `domains:${domains(11)}`, { field: "domains", code: "too_many", limit: 10 }],
  [
    "a description too long",
    `description:${long(1025)}`,
    { field: "description", code: "too_long", limit: 1024 },
  ],
  ["an unknown field", "phone:1", { code: "unknown_field" }],
  ["a mistyped field", "defualt_rate:1", { code: "unknown_field", meant: "default_rate" }],
  ["another word for a field", "domain:acme.com", { code: "unknown_field", meant: "domains" }],
  ["the state", "state:active", { code: "state_field" }],
  ["a field twice", "domains:a.example domains:b.example", { code: "repeated_field" }],
];

describe.each([
  ["/create_contact Jane Doe", createContact, contactRows],
  ["/edit_contact [contact:42]", editContact, contactRows],
  ["/create_organization Acme", createOrganization, organizationRows],
  ["/edit_organization [organization:7]", editOrganization, organizationRows],
])("%s", (start, action, rows) => {
  test.each(rows)("%s", async (_, field, problem) => {
    const { tools, asked } = recordTools();
    const outcomes = await action.run(recordCall(`${start} ${field}`), tools);
    const kind = start.includes("contact") ? "contact" : "organization";
    expect(outcomes).toMatchObject([{ type: "record_unfit", kind, problems: [problem] }]);
    expect(asked).toEqual([]);
    const told = JSON.stringify(outcomes);
    const value = field.slice(field.search(/[:=]/) + 1);
    if (value.length > 5) expect(told).not.toContain(value);
  });

  test("all of them together are told together", async () => {
    const { tools } = recordTools();
    const line = `${start} ${rows.at(-1)?.[1] ?? ""} website:1 state:active description:${long(1025)}`;
    const [outcome] = await action.run(recordCall(line), tools);
    if (outcome?.type !== "record_unfit") throw new Error("nothing was refused");
    expect(outcome.problems.map(({ code }) => code).sort()).toEqual(
      [
        ...(rows === contactRows ? ["unknown_field"] : ["repeated_field"]),
        "state_field",
        "too_long",
        "unknown_field",
      ].sort(),
    );
  });
});

describe("limits that are just kept", () => {
  test.each([
    ["a first name of 255", createContact, `/create_contact first_name:${long(255)} last_name:D`],
    ["a phone number of 32", createContact, `/create_contact Jane Doe phone:${"1".repeat(32)}`],
    ["a description of 1024", createContact, `/create_contact Jane Doe description:${long(1024)}`],
    ["ten domains", createOrganization, `/create_organization Acme domains:${domains(10)}`],
    ["a negative rate", createOrganization, "/create_organization Acme default_rate:-1.5"],
  ])("%s", async (_, action, line) => {
    const { tools, asked } = recordTools();
    expect(await action.run(recordCall(line), tools)).toMatchObject([{ type: "record_created" }]);
    expect(asked).toHaveLength(1);
  });
});
