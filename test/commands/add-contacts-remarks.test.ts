/** /add_contacts: the fields behind the contacts, and what they make of the links. */
import { describe, expect, test } from "@jest/globals";
import { addContacts } from "../../src/commands/add-contacts.js";
import type { RemarkProblem } from "../../src/commands/remark-fields.js";
import type { Changed, LinkChange } from "../../src/crm/links.js";
import type { ContactDocument } from "../../src/store/documents.js";
import { facts } from "../crm/facts.js";
import { callOf, contact } from "./listing.js";

const step = { actor: 504, delivery: "d", action: 0, name: "add_contacts" };

/** Numbers below 50 are contacts, from 40 on inactive ones; `linked` are on the issue already. */
async function add(line: string, { linked = [] as number[], noted = [] as number[] } = {}) {
  const changes: LinkChange[] = [];
  const person = (number: number): ContactDocument => ({
    ...contact(number),
    state: number >= 40 ? "inactive" : "active",
  });
  const { call } = callOf(`/add_contacts ${line}`);
  const outcomes = await addContacts.run(
    { ...call, issue: facts(), step },
    {
      contacts: {
        resolve: (_source, references) =>
          Promise.resolve(
            references.map(({ value }) =>
              Number(value) < 50
                ? { type: "found", contact: person(Number(value)) }
                : { type: "unknown" as const },
            ),
          ),
        list: () => Promise.resolve([person(1)]),
      },
      suggest: () => Promise.resolve([person(7)]),
      links: {
        linked: () => Promise.resolve(linked),
        change: (_issue, change) => {
          changes.push(change);
          const added = (change.add ?? []).filter((number) => !linked.includes(number));
          return Promise.resolve<Changed>({ added, removed: [], noted });
        },
      },
    },
  );
  return { outcomes, changes };
}

describe("fields are for all contacts of the line", () => {
  test.each<[string, object]>([
    ['note:"renewal at risk"', { note: "renewal at risk" }],
    ['note:"  two \t words\u0007 "', { note: "two \t words" }],
    ['note=""', { note: "" }],
    [`note:"${"€".repeat(255)}"`, { note: "€".repeat(255) }],
    ["important:yes", { important: true }],
    ["important:TRUE", { important: true }],
    ["Important:no", { important: false }],
    ["important:false note:x", { important: false, note: "x" }],
  ])("%s", async (fields, remark) => {
    const { outcomes, changes } = await add(`[contact:1] [contact:2] ${fields}`);
    expect(changes).toMatchObject([{ add: [1, 2], remark: { ...remark, contacts: [1, 2] } }]);
    expect(Object.keys(changes[0]?.remark ?? {}).sort()).toEqual([...Object.keys(remark), "contacts"].sort());
    expect(outcomes).toEqual([
      { type: "added", contact: 1 },
      { type: "added", contact: 2 },
    ]);
  });

  test("without one no remark is touched", async () => {
    const { changes } = await add("[contact:1]");
    expect(changes[0]).not.toHaveProperty("remark");
  });

  test("of contacts that are linked the remark is changed, of inactive ones too", async () => {
    const { outcomes, changes } = await add("[contact:1] [contact:41] [contact:42] note:x", {
      linked: [1, 41],
      noted: [1, 41],
    });
    expect(changes).toMatchObject([{ add: [1], remark: { contacts: [1, 41, 42] } }]);
    expect(outcomes).toEqual([
      { type: "noted", contact: 1 },
      { type: "noted", contact: 41 },
      { type: "inactive", contact: 42 },
    ]);
  });

  test("other arguments keep their numbers", async () => {
    const { outcomes } = await add("[contact:1] note:x Jane important:no");
    expect(outcomes).toEqual([
      { type: "added", contact: 1 },
      { type: "not_a_contact", argument: 3 },
    ]);
  });
});

describe("a field that does not fit stops the line:", () => {
  test.each<[string, readonly RemarkProblem[]]>([
    [`note:"${"x".repeat(256)}"`, [{ code: "too_long", argument: 2, limit: 255 }]],
    ["important:maybe", [{ code: "not_yes_or_no", argument: 2 }]],
    ['important:""', [{ code: "not_yes_or_no", argument: 2 }]],
    ["nte:x", [{ code: "unknown_field", argument: 2, meant: "note" }]],
    ["imporant:yes", [{ code: "unknown_field", argument: 2, meant: "important" }]],
    ["phone:1", [{ code: "unknown_field", argument: 2 }]],
    ["note:x note:x", [{ code: "repeated", argument: 3, field: "note" }]],
    ["important:no important:no", [{ code: "repeated", argument: 3, field: "important" }]],
    [
      "colour:red important:2 note:ok",
      [
        { code: "unknown_field", argument: 2 },
        { code: "not_yes_or_no", argument: 3 },
      ],
    ],
  ])("%s", async (fields, problems) => {
    const { outcomes, changes } = await add(`[contact:1] ${fields}`);
    expect(outcomes).toEqual([{ type: "unfit_remark", problems }]);
    expect(changes).toEqual([]);
  });

  test("together with everything else that is wrong", async () => {
    const seven = Array.from({ length: 7 }, (_, n) => `[contact:${n + 1}]`).join(" ");
    const { outcomes, changes } = await add(`${seven} important:maybe`);
    expect(outcomes.map(({ type }) => type)).toEqual(["too_many", "unfit_remark"]);
    expect(changes).toEqual([]);
  });

  test("fields alone name nobody", async () => {
    expect((await add("note:x")).outcomes).toEqual([{ type: "no_reference" }]);
  });
});

describe("what was typed goes into no outcome,", () => {
  test("and where there are boxes to tick, the note is said to be missing", async () => {
    const { outcomes } = await add("[contact:99] note:secret");
    expect(outcomes).toEqual([
      { type: "unknown", argument: 1, box: "add", candidates: [{ contact: 7 }] },
      { type: "remark_not_ticked" },
    ]);
    expect((await add("[contact:99]")).outcomes).toHaveLength(1);
  });
});
