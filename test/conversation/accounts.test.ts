/** Accounts that have the app, and who has a login now. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createAccounts, type Accounts } from "../../src/conversation/accounts.js";
import { RetryableError } from "../../src/github/errors.js";
import { schema } from "../../src/store/documents.js";
import { engines, type OpenedStore } from "../support/stores.js";

describe.each(engines())("on the $name engine", (engine) => {
  let opened: OpenedStore;
  let accounts: Accounts;
  let time: number;
  /** Which account GitHub says has a login; `undefined` is none, an error is no answer. */
  let onGitHub: number | undefined | Error;
  let asked: number;

  beforeEach(async () => {
    opened = await engine.open(schema, "accounts");
    [time, onGitHub, asked] = [0, 1, 0];
    accounts = createAccounts(
      opened.store,
      () => new Date(time),
      () => {
        asked += 1;
        if (onGitHub instanceof Error) return Promise.reject(onGitHub);
        return Promise.resolve(onGitHub === undefined ? undefined : { id: onGitHub });
      },
    );
  });
  afterEach(() => opened.destroy());

  const remember = (id: number, login: string, installation: number) =>
    accounts.remember({ id, login, type: "Organization" }, installation);
  const acme = { id: 1, login: "Acme", type: "Organization", installation: 11 };

  test.each(["Acme", "acme", "ACME"])("is found as %s", async (login) => {
    await remember(1, "Acme", 11);
    expect(await accounts.currentOwner(login)).toEqual(acme);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["that never had the app", () => Promise.resolve()],
    ["with another login", () => remember(2, "acme-inc", 12)],
    ["that was renamed", () => remember(1, "Acme", 11).then(() => remember(1, "umbrella", 11))],
    ["that removed the app", () => remember(1, "Acme", 11).then(() => accounts.forgetInstallation(1, 11))],
    ["whose login somebody else has now", () => remember(1, "Acme", 11).then(() => (onGitHub = 9))],
    ["whose login nobody has now", () => remember(1, "Acme", 11).then(() => (onGitHub = undefined))],
  ])("an account %s is nobody", async (_, before) => {
    await before();
    expect(await accounts.currentOwner("acme")).toBeUndefined();
  });

  test("an older installation that ends leaves the newer one alone", async () => {
    await remember(1, "Acme", 11);
    await remember(1, "Acme", 12);
    await accounts.forgetInstallation(1, 11);
    expect(await accounts.currentOwner("acme")).toEqual({ ...acme, installation: 12 });
  });

  test("the app that another process saw leave is known again once it is back", async () => {
    await remember(1, "Acme", 11);
    await createAccounts(opened.store, () => new Date(time)).forgetInstallation(1, 11);
    await accounts.installed({ id: 1, login: "Acme", type: "Organization" }, 11);
    expect(await accounts.currentOwner("acme")).toEqual(acme);
  });

  test("the app installed anew is known again", async () => {
    await remember(1, "Acme", 11);
    await accounts.forgetInstallation(1, 11);
    await remember(1, "Acme", 11);
    expect(await accounts.currentOwner("acme")).toEqual(acme);
  });

  test("of two that had a login the one that was heard of last counts", async () => {
    await remember(1, "Acme", 11);
    time = 1;
    await remember(2, "acme", 22);
    expect(await accounts.currentOwner("acme")).toBeUndefined(); // GitHub says that 1 has it
    onGitHub = 2;
    time = 60_001;
    expect(await accounts.currentOwner("acme")).toMatchObject({ id: 2, installation: 22 });
  });

  test.each([
    [59_999, 1],
    [60_000, 2],
  ])("GitHub's answer holds for a minute: after %d ms it was asked %d times", async (later, times) => {
    await remember(1, "Acme", 11);
    await accounts.currentOwner("acme");
    time = later;
    await accounts.currentOwner("ACME");
    expect(asked).toBe(times);
  });

  test("nobody is asked about a login that never had the app", async () => {
    await accounts.currentOwner("stranger");
    expect(asked).toBe(0);
  });

  test("no answer is not believed, nor remembered", async () => {
    await remember(1, "Acme", 11);
    onGitHub = new RetryableError("502");
    await expect(accounts.currentOwner("acme")).rejects.toThrow(RetryableError);
    onGitHub = 1;
    expect(await accounts.currentOwner("acme")).toEqual(acme);
  });
});
