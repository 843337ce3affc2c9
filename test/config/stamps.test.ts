/** Stamps of config files in the store: what one process counts, all others see. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { storedStamps, type ConfigStamps } from "../../src/config/stamps.js";
import { schema, type ConfigStampDocument } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";

describe.each(engines())("on the $name engine", (engine) => {
  let opened: OpenedStore;
  let mine: ConfigStamps;
  let theirs: ConfigStamps;
  const open = () => storedStamps(opened.store.collection<ConfigStampDocument>("configStamps"));

  beforeEach(async () => {
    opened = await engine.open(schema, "stamps");
    [mine, theirs] = [open(), open()];
  });
  afterEach(() => opened.destroy());

  const account = { account: 7, file: "account" } as const;
  const helpdesk = { account: 7, file: 42 };

  test("a file that was never pushed to has 0", async () => {
    expect(await mine.read([account, helpdesk])).toEqual([0, 0]);
  });

  test("come in the order of the files, and belong to one file of one account", async () => {
    await theirs.raise(helpdesk);
    expect(await mine.read([account, helpdesk, { account: 8, file: 42 }])).toEqual([0, 1, 0]);
    expect(await mine.read([helpdesk, account])).toEqual([1, 0]);
  });

  test("pushes at the same moment count each", async () => {
    await Promise.all([mine, theirs, mine, theirs].map((stamps) => stamps.raise(account)));
    expect(await mine.read([account])).toEqual([4]);
  });

  test("last beyond a restart", async () => {
    await mine.raise(account);
    await opened.reopen();
    expect(await open().read([account])).toEqual([1]);
  });
});
