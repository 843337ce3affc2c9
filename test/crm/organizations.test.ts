/** Organizations through their public door: names are unique in a group, and numbers stay within it. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { ensureOrganizations } from "../../src/crm/organization-ensure.js";
import { createOrganizations, type Organizations } from "../../src/crm/organizations.js";
import { schema, type Source } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";

const source: Source = { account: 1, group: "" };
const now = new Date("2026-01-01T00:00:00Z");

describe.each(engines())("organizations on $name", (engine) => {
  let opened: OpenedStore;
  let organizations: Organizations;

  beforeAll(async () => {
    opened = await engine.open(schema, "organizations");
    organizations = createOrganizations(opened.store, () => now);
    for (const name of ["Acme GmbH", "Wayne Frères", "42"]) await organizations.create(source, { name });
  });

  afterAll(() => opened.destroy());

  test.each<[string, number | undefined]>([
    ["1", 1],
    ["#2", 2],
    ["ACME  gmbh", 1],
    ["wayne freres", 2],
    ["42", undefined], // digits are a number, and there is none such
    ["Acme", undefined],
    ["", undefined],
  ])("%j is number %j", async (reference, number) => {
    expect((await organizations.resolve(source, reference))?.number).toBe(number);
    expect(await organizations.resolve({ account: 1, group: "labs" }, reference)).toBeUndefined();
  });

  test("a name that is taken is refused by data, when creating and when editing", async () => {
    expect(await organizations.create(source, { name: "acme GMBH " })).toMatchObject({
      type: "name_taken",
      by: { number: 1 },
    });
    expect(await organizations.update(source, 2, { name: "Acme Gmbh" })).toMatchObject({
      type: "name_taken",
      by: { number: 1 },
    });
    expect(await organizations.update(source, 1, { name: "ACME GmbH" })).toMatchObject({ type: "updated" });
  });

  test("an edit clears, and says when there is nothing to do", async () => {
    await organizations.update(source, 2, {
      defaultRate: "120",
      domains: ["wayne.example"],
      description: "x",
    });
    const cleared = await organizations.update(source, 2, { defaultRate: "", domains: [], description: "" });
    expect(cleared.type === "updated" && Object.keys(cleared.organization)).not.toContain("defaultRate");
    expect(await organizations.update(source, 2, { domains: [] })).toMatchObject({ type: "unchanged" });
    expect(await organizations.update(source, 9, { name: "X" })).toEqual({ type: "unknown" });
  });

  test("what an import needs is created once, however it is spelled and whoever is faster", async () => {
    const names = ["Globex", "globex", "Acme GmbH", "Initech"];
    const ensured = await Promise.all(
      [1, 2, 3].map(() => ensureOrganizations(opened.store, source, names, now)),
    );
    expect(ensured.reduce((sum, { created }) => sum + created, 0)).toBe(2);
    expect([...(ensured[0]?.byName.keys() ?? [])].sort()).toEqual(["acme gmbh", "globex", "initech"]);
  });
});
