/** Organizations that could be meant by a name that none has. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createOrganizations } from "../../src/crm/organizations.js";
import { schema, type Source } from "../../src/store/documents.js";
import { createOrganizationSuggester, type SuggestOrganizations } from "../../src/suggest/organizations.js";
import { engines, type OpenedStore } from "../support/stores.js";

const source: Source = { account: 1, group: "" };
const names = ["Acme GmbH", "Globex Corporation", "Initech Sp. z o.o.", "Wayne Frères", "Stark Industries"];

describe.each(engines())("organizations near a name on $name", (engine) => {
  let opened: OpenedStore;
  let suggest: SuggestOrganizations;
  beforeAll(async () => {
    opened = await engine.open(schema, "near-organizations");
    const organizations = createOrganizations(opened.store);
    for (const name of names) await organizations.create(source, { name });
    await organizations.create(source, { name: "Acme Rockets", state: "inactive" });
    suggest = createOrganizationSuggester(opened.store);
  });
  afterAll(() => opened.destroy());

  const near = async (name: string, limit = 3, group = "") =>
    (await suggest({ account: 1, group }, name, limit)).map(({ number }) => names[number - 1]);

  test.each([
    ["the beginning", "acme", "Acme GmbH"],
    ["a letter left out", "Globx Corporation", "Globex Corporation"],
    ["the first letter wrong", "Klobex Corporation", "Globex Corporation"],
    ["accents left out", "wayne freres ltd", "Wayne Frères"],
    ["another legal form", "Acme Inc.", "Acme GmbH"],
    ["another second word", "Globex Incorporated", "Globex Corporation"],
    ["a word from the middle", "industries", "Stark Industries"],
    ["full-width letters", "Ｉｎｉｔｅｃｈ", "Initech Sp. z o.o."],
  ])("%s", async (_, typed, expected) => {
    expect((await near(typed))[0]).toBe(expected);
  });

  test.each([
    ["a name that is like none", "Umbrella", 3, ""],
    ["nobody's group", "acme", 3, "labs"],
    ["no room for suggestions", "acme", 0, ""],
  ])("%s: none", async (_, typed, limit, group) => {
    expect(await near(typed, limit, group)).toEqual([]);
  });

  test("inactive ones are not offered, and no more than asked for", async () => {
    expect(await near("acme")).toEqual(["Acme GmbH"]);
    expect(await near("", 2)).toEqual(["Acme GmbH", "Globex Corporation"]);
  });
});
