/** A prefix as a range: it ends behind the last code point, in the order of both engines. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startsWith } from "../../src/suggest/candidates.js";
import { engines, type OpenedStore } from "../support/stores.js";

const names = [
  "吉",
  "吉\u{20bb7}",
  "吉\uffee",
  "吉\uffff",
  "吉😀",
  "吉\u{10fffe}",
  "吊",
  "叀\u{20bb7}",
  "\u{20bb7}",
];

describe.each(engines())("a prefix on $name", (engine) => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await engine.open({ words: [{ fields: ["name"] }] }, "prefix");
    for (const name of names) await opened.store.collection("words").insertOne(documentOf(name));
  });
  afterAll(() => opened.destroy());

  const documentOf = (name: string) => ({ _id: name, name });
  const found = async (prefix: string) => {
    const options = { limit: 20, sort: { name: 1 } } as const;
    const words = await opened.store.collection("words").find(startsWith("name", prefix), options);
    return words.map(({ _id }) => _id);
  };

  test("finds rare kanji and emoji after it, by code point, and nothing else", async () => {
    expect(await found("吉")).toEqual(["吉", "吉\uffee", "吉\uffff", "吉😀", "吉\u{20bb7}", "吉\u{10fffe}"]);
  });

  test("may be a rare kanji itself", async () => {
    expect(await found("\u{20bb7}")).toEqual(["\u{20bb7}"]);
  });
});
