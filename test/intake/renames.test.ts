/** Which renames concern us, and that nothing else under that name does harm. */
import { expect, test } from "@jest/globals";
import { readPayload } from "../../src/intake/payloads.js";

const reader = { appId: 99, mayConcern: () => true };
const renamed = (change: object = {}) => ({
  action: "renamed",
  target_type: "Organization",
  account: { id: 1001, login: "newco", type: "Organization" },
  changes: { login: { from: "acme" } },
  installation: { id: 7001 },
  ...change,
});
const read = (payload: unknown) => readPayload("installation_target", "guid", payload, reader);

test.each([["Organization"], ["User"]])("a renamed %s has another login from now on", (type) => {
  const incoming = read(renamed({ target_type: type, account: { id: 1001, login: "newco", type } }));
  expect(incoming).toEqual({
    kind: "renamed",
    account: { id: 1001, login: "newco" },
    installation: 7001,
  });
});

test.each<[string, unknown]>([
  ["another action", renamed({ action: "deleted" })],
  ["an enterprise, whose slug was changed", renamed({ account: { id: 1, slug: "newco" } })],
  ["a change of the slug only", renamed({ changes: { slug: { from: "acme" } } })],
  ["no installation", renamed({ installation: undefined })],
  ["a login that is a path", renamed({ account: { id: 1001, login: "newco/../acme" } })],
  ["an id that is not exact", renamed({ account: { id: 2 ** 53, login: "newco" } })],
  ["nothing", null],
])("%s is ignored", (_, payload) => {
  expect(read(payload)).toEqual({ kind: "ignored", why: "payload" });
});
