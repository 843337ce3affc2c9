/** What fields may hold: limits ± 1, cleaning, and all problems of a record at once. */
import { describe, expect, test } from "@jest/globals";

import { checkContact, limits, type ContactInput } from "../../src/crm/fields.js";
import { checkOrganization, type OrganizationInput } from "../../src/crm/organization-fields.js";

const jane = { firstName: "Jane", lastName: "Doe" };

const problems = (checked: ReturnType<typeof checkContact> | ReturnType<typeof checkOrganization>) =>
  checked.type === "fit" ? [] : checked.problems.map(({ field, code }) => `${field}: ${code}`);

describe("a contact does not fit", () => {
  const rows: [string, ContactInput, string[]][] = [
    ["nothing at all", {}, ["firstName: required", "lastName: required"]],
    [
      "names of spaces and controls",
      { firstName: " \t", lastName: "\u200b\u202e" },
      ["firstName: required", "lastName: required"],
    ],
    ["a first name one too long", { ...jane, firstName: "x".repeat(256) }, ["firstName: too_long"]],
    ["a phone number one too long", { ...jane, phone: "1".repeat(33) }, ["phone: too_long"]],
    ["a description one too long", { ...jane, description: "x".repeat(1025) }, ["description: too_long"]],
    ["an address one too long", { ...jane, email: `${"x".repeat(244)}@example.com` }, ["email: too_long"]],
    [
      "everything wrong at once",
      { email: "x", phone: "1".repeat(33) },
      ["firstName: required", "lastName: required", "email: malformed", "phone: too_long"],
    ],
    ...[
      "jane",
      "@acme.com",
      "jane@",
      "jane@@acme.com",
      "ja ne@acme.com",
      "jane@ac me.com",
      "<jane@acme.com>",
      "jane@[10.0.0.1]",
      "jane\u0007@acme.com",
      '"jane"@acme.com',
      "jane@acme..com",
      ".jane@acme.com",
      "jane.@acme.com",
      "jane@-acme.com",
      "jane@acme.com, bob@acme.com",
      "jane\u202e@acme.com",
      "mailto:jane@acme.com",
    ].map((email): [string, ContactInput, string[]] => [
      `the address ${JSON.stringify(email)}`,
      { ...jane, email },
      ["email: malformed"],
    ]),
  ];
  test.each(rows)("%s", (_, input, expected) => {
    expect(problems(checkContact(input))).toEqual(expected);
  });

  test("a problem repeats nothing that was typed", () => {
    const checked = checkContact({ ...jane, email: "secret address" });
    expect(JSON.stringify(checked)).not.toContain("secret");
  });
});

describe("a contact fits", () => {
  const fits = (input: ContactInput) => {
    const checked = checkContact({ ...jane, ...input });
    return checked.type === "fit" ? checked.fields : checked.problems;
  };

  test.each([
    "jane@acme.com",
    "Jane.O'Brien+tag@mail.acme.co.uk",
    "jürgen@müller.de",
    "jane@localhost",
    "1@2.3",
  ])("with the address %s as typed", (email) =>
    expect(fits({ email: ` ${email} ` })).toMatchObject({ email }),
  );

  test("at the very limits, counted in characters, not in code units", () => {
    const input = {
      firstName: "😀".repeat(limits.firstName),
      phone: "1".repeat(32),
      description: "é".repeat(1024),
    };
    expect(fits(input)).toMatchObject(input);
  });

  test("stripped, on one line, without characters nobody sees", () => {
    const typed = { firstName: " Ja\u202ene\t\n Ann ", description: " a\r\nb\u200b\tc \n" };
    expect(fits(typed)).toEqual({ ...jane, firstName: "Jane Ann", description: "a\nb\tc", state: "active" });
  });

  test("an edit leaves what it does not name, and clears what it names as empty", () => {
    const before = {
      ...jane,
      email: "jane@acme.com",
      phone: "1",
      organization: 7,
      state: "inactive" as const,
    };
    const checked = checkContact({ email: "", organization: "none", lastName: "Roe" }, before);
    expect(checked).toEqual({
      type: "fit",
      fields: { firstName: "Jane", lastName: "Roe", phone: "1", state: "inactive" },
    });
  });
});

describe("an organization", () => {
  const rows: [string, OrganizationInput, string[]][] = [
    ["without a name", { name: " " }, ["name: required"]],
    ["with a name one too long", { name: "x".repeat(256) }, ["name: too_long"]],
    ["with a rate that is no number", { name: "A", defaultRate: "12 EUR" }, ["defaultRate: malformed"]],
    ["with an endless rate", { name: "A", defaultRate: Infinity }, ["defaultRate: malformed"]],
    [
      "with eleven domains",
      { name: "A", domains: Array.from({ length: 11 }, (_, i) => `a${i}.com`) },
      ["domains: too_many"],
    ],
    ["with an address for a domain", { name: "A", domains: ["jane@acme.com"] }, ["domains: malformed"]],
    ["with a host name for a domain", { name: "A", domains: ["acme"] }, ["domains: malformed"]],
    [
      "with a public mail provider",
      { name: "A", domains: ["acme.com", "GMail.com"] },
      ["domains: public_provider"],
    ],
  ];
  test.each(rows)("does not fit %s", (_, input, expected) => {
    expect(problems(checkOrganization(input))).toEqual(expected);
  });

  test("fits, its domains folded and each once, its rate a number", () => {
    const checked = checkOrganization({
      name: " Acme ",
      defaultRate: "120.50",
      domains: ["@Acme.com", "acme.com"],
    });
    expect(checked).toEqual({
      type: "fit",
      fields: { name: "Acme", defaultRate: 120.5, domains: ["acme.com"], state: "active" },
    });
  });
});
