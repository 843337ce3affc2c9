/** The list of quick actions: complete, and its help is true. */
import { readdir } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { quickAction, quickActionNames, quickActions } from "../../src/commands/index.js";
import type { QuickAction } from "../../src/commands/quick-action.js";
import { rights } from "../../src/crm/access.js";
import { createParser } from "../../src/quick-actions/index.js";

const folder = new URL("../../src/commands/", import.meta.url);
const parser = createParser(quickActionNames);

const isQuickAction = (value: unknown): value is QuickAction =>
  typeof value === "object" && value !== null && "name" in value && "usage" in value && "run" in value;

/** Every quick action that any file of the folder exports, by file. */
async function defined(): Promise<readonly { readonly file: string; readonly action: QuickAction }[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts") && file !== "index.ts");
  const found = await Promise.all(
    files.map(async (file) => {
      const exported = Object.values((await import(new URL(file, folder).href)) as Record<string, unknown>);
      return exported.filter(isQuickAction).map((action) => ({ file, action }));
    }),
  );
  return found.flat();
}

describe("the list", () => {
  test("has every quick action that a file defines, each in the file of its name", async () => {
    const all = await defined();
    expect(all.map(({ action }) => action.name).sort()).toEqual(quickActions.map(({ name }) => name).sort());
    for (const { file, action } of all) {
      expect(file).toBe(`${action.name.replaceAll("_", "-")}.ts`);
      expect(quickAction(action.name)).toBe(action);
    }
  });

  test("names each once", () => {
    expect(new Set(quickActionNames).size).toBe(quickActionNames.length);
  });

  test("is that of the design, and what people asked for beside it", () => {
    expect([...quickActionNames].sort()).toEqual([
      "activate_contact",
      "activate_organization",
      "add_contacts",
      "contact_history",
      "contact_issues",
      "contacts",
      "create_contact",
      "create_organization",
      "crm_help",
      "deactivate_contact",
      "deactivate_organization",
      "edit_contact",
      "edit_organization",
      "erase_contact",
      "erase_organization",
      "find_contacts",
      "merge_contacts",
      "merge_organizations",
      "organization_issues",
      "remove_contacts",
    ]);
  });

  test("takes no name of GitHub's own", () => {
    const own = ["code", "details", "saved-replies", "table", "template", "alerts", "tasklist"];
    for (const name of own) expect(parser.parse(`/${name} x`)).toMatchObject({ commands: [], problems: [] });
  });

  test.each([["nobody"], ["addContacts"], ["add-contacts"], ["constructor"]])("has no %s", (name) => {
    expect(() => quickAction(name)).toThrow(`there is no quick action ${name}`);
  });
});

describe.each(quickActions)("help of $name", (help) => {
  test("has a usage that starts with the name", () => {
    expect(help.name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(`${help.usage} `).toMatch(new RegExp(`^/${help.name} `));
  });

  test("has one sentence without a full stop", () => {
    expect(help.summary).toMatch(/^[A-Z][^|\n]*[^.\s]$/);
  });

  test("has the role of the design", () => {
    const needed = /^(create|edit|activate|deactivate|merge)_|_history$/.test(help.name)
      ? "developer"
      : help.name.startsWith("erase_")
        ? "owner"
        : "planner";
    expect(Object.values(rights[help.right])).toContain(needed);
  });

  test("has examples that are its own quick action, without problems", () => {
    expect(help.examples.length).toBeGreaterThan(0);
    for (const example of help.examples) {
      const { commands, problems, onlyCommands } = parser.parse(example);
      expect({ example, problems }).toEqual({ example, problems: [] });
      expect(commands.map(({ name }) => name)).toEqual([help.name]);
      expect(onlyCommands).toBe(true);
    }
  });
});
