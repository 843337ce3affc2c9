/** The last good version in the store: one document a file, written only when it differs. */
import { expect, it } from "@jest/globals";
import { storedLastGood } from "../../src/config/last-good.js";
import type { ConfigDocument } from "../../src/store/documents.js";
import type { Filter, Update } from "../../src/store/store.js";

function keeper() {
  const documents = new Map<unknown, Partial<ConfigDocument>>();
  let writes = 0;
  const configs = {
    findOne: (filter: Filter) => Promise.resolve(documents.get(filter._id) as ConfigDocument | undefined),
    updateOne: (filter: Filter, update: Update) => {
      writes += 1;
      documents.set(filter._id, { ...documents.get(filter._id), ...update.$set });
      return Promise.resolve({ matched: 1, modified: 1, upserted: false });
    },
    deleteOne: (filter: Filter) => Promise.resolve(Number(documents.delete(filter._id))),
  };
  const at = new Date("2026-01-02T03:04:05Z");
  return { lastGood: storedLastGood(configs, () => at), documents, writes: () => writes, at };
}

const account = { account: 7, file: "account" } as const;
const repository = { account: 7, file: 42 };

it("keeps account and repository apart, each under its id", async () => {
  const { lastGood, documents, at } = keeper();
  await lastGood.put(account, "groups: {}");
  await lastGood.put(repository, "enabled: true");
  expect([...documents]).toEqual([
    ["7:account", { account: 7, text: "groups: {}", updatedAt: at }],
    ["7:42", { account: 7, text: "enabled: true", updatedAt: at }],
  ]);
  expect(await lastGood.get(repository)).toBe("enabled: true");
});

it("writes only what differs", async () => {
  const { lastGood, writes } = keeper();
  await lastGood.put(account, "a: 1");
  await lastGood.put(account, "a: 1");
  expect(writes()).toBe(1);
  await lastGood.put(account, "");
  expect([writes(), await lastGood.get(account)]).toEqual([2, ""]);
});

it("forgets", async () => {
  const { lastGood } = keeper();
  await lastGood.put(account, "a: 1");
  await lastGood.forget(account);
  await lastGood.forget(account);
  expect(await lastGood.get(account)).toBeUndefined();
});
