/**
 * Whatever people do to an address book, and wherever the process is killed and tries again, these hold:
 * the store says what the model says, no link or contact names what is not there, addresses and names
 * are unique, everybody who is there is found and nobody else, and the audit trail counts right.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createContacts } from "../../src/crm/contacts.js";
import { createOrganizations } from "../../src/crm/organizations.js";
import { contactKeys } from "../../src/crm/search-keys.js";
import {
  schema,
  type ContactDocument,
  type DeparturesDocument,
  type EventDocument,
  type IssueDocument,
  type OrganizationDocument,
  type Source,
} from "../../src/store/documents.js";
import type { Store, StoredDocument } from "../../src/store/store.js";
import { createSuggester } from "../../src/suggest/suggester.js";
import { failingStore, Killed } from "../support/failing-store.js";
import { engines, type OpenedStore } from "../support/stores.js";
import { now } from "./address-book.js";
import { Model, type Step } from "./record-model.js";
import { carryOut, type StepResult } from "./record-steps.js";

const contact = fc.integer({ min: 1, max: 7 });
const organization = fc.integer({ min: 1, max: 4 });
const issue = fc.integer({ min: 1, max: 3 });
const email = fc.constantFrom("a@x.example", "A@X.example", "b@x.example", "B@x.EXAMPLE", "c@x.example");
const several = fc.array(contact, { minLength: 1, maxLength: 3 });

const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      { do: fc.constant("create" as const), email, organization },
      { requiredKeys: ["do"] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        do: fc.constant("edit" as const),
        contact,
        email: fc.oneof(email, fc.constant("")),
        organization: fc.oneof(organization, fc.constant("none" as const)),
      },
      { requiredKeys: ["do", "contact"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("activate" as const, "deactivate" as const), contact }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom("add" as const, "add" as const, "remove" as const),
      issue,
      contacts: several,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("merge" as const), keep: contact, duplicates: several }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("erase" as const), contact }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("create_organization" as const),
      name: fc.constantFrom("Acme", "ACME", "Globex", "Initech"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("merge_organizations" as const),
      keep: organization,
      duplicates: fc.uniqueArray(organization, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("erase_organization" as const), organization }) },
);

/** Where a step is killed once before it is tried again; most of them are not. */
const kill = fc.option(
  fc.record({
    write: fc.integer({ min: 1, max: 9 }),
    moment: fc.constantFrom("before" as const, "after" as const),
  }),
  { freq: 3 }, // none for one in three
);

/** Half a book to begin with, so that most steps find something. */
const beginning: readonly Step[] = [
  { do: "create_organization", name: "Acme" },
  { do: "create_organization", name: "Hooli" },
  { do: "create", email: "a@x.example", organization: 1 },
  { do: "create", organization: 2 },
  { do: "create", email: "d@x.example" },
  { do: "add", issue: 1, contacts: [1, 2] },
  { do: "add", issue: 2, contacts: [2, 3] },
];

describe.each(engines())("records on $name", (engine) => {
  let opened: OpenedStore;
  let accounts = 100; // every run has an account of its own

  beforeAll(async () => {
    opened = await engine.open(schema, "records_property");
  });
  afterAll(() => opened.destroy());

  test("any sequence of steps keeps the rules, killed or not", async () => {
    const happened = { kills: 0, merges: 0 };
    const steps = fc.array(fc.tuple(arbitraryStep, kill), { minLength: 4, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(steps, async (chosen) => {
        const source: Source = { account: (accounts += 1), group: "" };
        const model = new Model();
        const failing = failingStore(opened.store);
        const all = [...beginning.map((step) => [step, null] as const), ...chosen];
        let strangers: readonly StoredDocument[] = [];
        for (const [index, [step, fatal]] of all.entries()) {
          if (index === beginning.length) strangers = await settleStrangers(opened.store, source);
          const attempt = () => carryOut(failing.store, source, step, `d${index}`, model.created);
          if (fatal) failing.killAt(fatal.write, fatal.moment);
          const result = await attempt().catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
            happened.kills += 1;
            failing.revive();
            return attempt();
          });
          failing.revive();
          checkReceipt(step, result, model);
          if (result.departed?.type === "done") happened.merges += 1;
          model.apply(step, result.number);
          await checkState(opened.store, source, model);
        }
        await checkFinding(opened.store, source, model);
        expect(strangers).toHaveLength(3);
        expect(await everyStranger(opened.store, source)).toEqual(strangers);
      }),
      { numRuns: 25, endOnFailure: true },
    );
    expect(happened.kills).toBeGreaterThan(10);
    expect(happened.merges).toBeGreaterThan(10);
  }, 120_000);

  test("what leaves while a step that names it is killed ends as if one had come after the other", async () => {
    let kills = 0;
    const write = fc.integer({ min: 1, max: 4 });
    const chosen = fc.record({ step: employing, other: leaving, meanwhile: write, killed: write });
    await fc.assert(
      fc.asyncProperty(chosen, fc.boolean(), async ({ step, other, meanwhile, killed }, atOnce) => {
        const source: Source = { account: (accounts += 1), group: "" };
        const model = new Model();
        const failing = failingStore(opened.store);
        for (const [index, first] of beginning.entries()) {
          const { number } = await carryOut(failing.store, source, first, `b${index}`, model.created);
          model.apply(first, number);
        }
        const gone = { yet: false };
        const leave = async () => {
          gone.yet = true;
          await carryOut(opened.store, source, other, "other", model.created);
        };
        const attempt = () => carryOut(failing.store, source, step, "step", model.created);
        failing.killAt(killed, "after");
        failing.meanwhile(atOnce ? killed : meanwhile, leave);
        const result = await attempt().catch(async (error: unknown) => {
          if (!(error instanceof Killed)) throw error;
          kills += 1;
          failing.revive();
          if (!gone.yet) await leave();
          return attempt();
        });
        failing.revive();
        if (!gone.yet) await leave();
        const orders = [
          [step, other],
          [other, step],
        ].map((order) => {
          const serial = model.clone();
          for (const one of order) serial.apply(one, one === step ? result.number : undefined);
          return serial;
        });
        await checkOneOf(opened.store, source, orders);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    expect(kills).toBeGreaterThan(30);
  }, 120_000);
});

async function checkOneOf(store: Store, source: Source, [first, ...others]: readonly Model[]): Promise<void> {
  if (first === undefined) throw new Error("there is no order");
  try {
    await checkState(store, source, first);
  } catch (error) {
    if (others.length === 0) throw error;
    await checkOneOf(store, source, others);
  }
}

/** Gives one of the two organizations of the beginning to somebody. */
const employing: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("create" as const), organization: fc.constantFrom(1, 2) }),
  fc.record({
    do: fc.constant("edit" as const),
    contact: fc.integer({ min: 1, max: 3 }),
    organization: fc.constantFrom(1, 2),
    email: fc.constant("new@x.example"),
  }),
);
const leaving: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(
    { do: "merge_organizations" as const, keep: 1, duplicates: [2] },
    { do: "merge_organizations" as const, keep: 2, duplicates: [1] },
  ),
  fc.record({ do: fc.constant("erase_organization" as const), organization: fc.constantFrom(1, 2) }),
  fc.record({ do: fc.constant("erase" as const), contact: fc.constant(4) }), // whoever was just created
);

/** Before the model takes the step: how many issues it concerns. */
function checkReceipt(step: Step, { departed }: StepResult, model: Model): void {
  if (departed?.type !== "done") return;
  if (step.do === "erase") expect(departed.receipt.issues).toBe(model.issuesOf([step.contact]));
  if (step.do === "merge") {
    expect(departed.receipt.issues).toBe(model.issuesOf(step.duplicates.filter((one) => one !== step.keep)));
  }
}

const all = { limit: 1000 };

/** Of the same account, in another group: numbers that steps name, and that must name nobody for them. */
const elsewhere = ({ account }: Source): Source => ({ account, group: "elsewhere" });

async function settleStrangers(store: Store, source: Source) {
  const there = elsewhere(source);
  await createOrganizations(store, now).create(there, { name: "Acme" });
  for (const lastName of ["Five", "Six"]) {
    const email = `${lastName}@x.example`;
    await createContacts(store, now).create(there, { firstName: "Stranger", lastName, email });
  }
  return everyStranger(store, source);
}

async function everyStranger(store: Store, source: Source): Promise<readonly StoredDocument[]> {
  const kinds = ["contacts", "organizations"].map((kind) =>
    store.collection(kind).find({ ...elsewhere(source) }, all),
  );
  return (await Promise.all(kinds)).flat();
}

async function checkState(store: Store, { account }: Source, model: Model): Promise<void> {
  const contacts = await store.collection<ContactDocument>("contacts").find({ account, group: "" }, all);
  const organizations = await store
    .collection<OrganizationDocument>("organizations")
    .find({ account, group: "" }, all);
  const issues = await store.collection<IssueDocument>("issues").find({ account }, all);
  const events = await store.collection<EventDocument>("events").find({ account }, all);
  const lists = await store
    .collection<DeparturesDocument>("departures")
    .find({ _id: { $in: [`${account}:contacts`, `${account}:organizations`] } }, all);

  const told = contacts.map(
    ({ number, firstName, lastName, email: address, organization: employer, state }) => [
      number,
      { name: `${firstName} ${lastName}`, state, email: address, organization: employer },
    ],
  );
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(model.contacts));
  expect(Object.fromEntries(organizations.map(({ number, name }) => [number, name]))).toEqual(
    Object.fromEntries(model.organizations),
  );
  const linked = (number: number) =>
    (issues.find((one) => one.number === number)?.links ?? []).map((link) => link.contact).sort();
  for (const [number, expected] of model.links)
    expect([number, linked(number)]).toEqual([number, [...expected].sort()]);

  const addresses = contacts.flatMap(({ emailKey }) => emailKey ?? []);
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const one of contacts) {
    expect(one.emailKey).toBe(one.email?.toLowerCase());
    expect(one.keys).toEqual(contactKeys(one));
    expect(one.leaving).toBeUndefined();
  }
  const names = organizations.map(({ nameKey }) => nameKey);
  expect(new Set(names).size).toBe(names.length);
  expect(lists.flatMap(({ open }) => open)).toEqual([]);
  const counted = new Map<string, number>();
  for (const { action } of events) counted.set(action, (counted.get(action) ?? 0) + 1);
  expect(counted).toEqual(model.events);
}

async function checkFinding(store: Store, source: Source, model: Model): Promise<void> {
  const suggester = createSuggester(store, { now });
  for (const [number, { name }] of model.contacts) {
    const found = await suggester.suggest(source, name, { limit: 5 });
    expect(found.map((one) => one.number)).toContain(number);
  }
  for (const name of model.gone) {
    const found = await suggester.suggest(source, name, { limit: 5 });
    expect(found.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).not.toContain(name);
  }
  const inactive = [...model.contacts.values()].filter(({ state }) => state === "inactive").length;
  expect(await createContacts(store, now).counts(source)).toEqual({
    all: model.contacts.size,
    active: model.contacts.size - inactive,
    inactive,
  });
}
