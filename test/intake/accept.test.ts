/** What is done with a delivery before it is acknowledged. */
import { describe, expect, test } from "@jest/globals";
import { createAccept, type AcceptDependencies } from "../../src/intake/accept.js";
import type { Incoming } from "../../src/intake/payloads.js";
import { comment } from "./workshop.js";

const acme = { id: 1001, login: "acme", type: "Organization" } as const;
const event = comment(1, "/contacts");
const posted = (id: number): Incoming => ({
  kind: "posted",
  event: {
    ...{ type: "posted", delivery: `made ${id}`, place: event.place, comment: id },
    ...{ reply: "1:2:3:4", text: "", writtenAt: event.writtenAt },
  },
});

/** Everything accept asks others to do, in order; `broken` rejects or throws. */
function house(broken?: string) {
  const done: unknown[][] = [];
  const note = (name: string, ...its: unknown[]) => {
    done.push([name, ...its]);
    if (name === broken) throw new Error("down");
  };
  const noteLater = async (name: string, ...its: unknown[]) => {
    await Promise.resolve();
    note(name, ...its);
  };
  const dependencies: AcceptDependencies = {
    inbox: {
      put: async (its) => {
        await noteLater("put", its.delivery);
        return "stored";
      },
    },
    issueNews: (its) => noteLater("news", its.became),
    accounts: {
      installed: (...its) => noteLater("installed", ...its),
      renamed: (...its) => noteLater("renamed", ...its),
      forgetInstallation: (...its) => noteLater("forget", ...its),
    },
    loader: { invalidate: (...its) => noteLater("invalidate", ...its) },
    mayBeSecond: async (its) => {
      await noteLater("look", its.reply);
      return its.comment !== 1;
    },
    arrived: () => note("arrived"),
  };
  return { done, accept: createAccept(dependencies) };
}

const cases: readonly (readonly [string, Incoming, readonly unknown[][]])[] = [
  [
    "a conversation is stored, and then the worker is told",
    { kind: "conversation", event },
    [["put", "/contacts"], ["arrived"]],
  ],
  [
    "a push makes the config be read again",
    { kind: "push", account: 1001, repository: { id: 2001, name: "helpdesk" } },
    [["invalidate", { id: 1001 }, { id: 2001, name: "helpdesk" }]],
  ],
  [
    "an installation is remembered",
    { kind: "installed", account: acme, installation: 7001 },
    [["installed", acme, 7001]],
  ],
  ["a new login too", { kind: "renamed", account: acme, installation: 7001 }, [["renamed", acme, 7001]]],
  ["its end too", { kind: "uninstalled", account: 1001, installation: 7001 }, [["forget", 1001, 7001]]],
  ["the reply that is known is looked at once, and nothing is stored", posted(1), [["look", "1:2:3:4"]]],
  ["another comment of ours is stored", posted(2), [["look", "1:2:3:4"], ["put", "made 2"], ["arrived"]]],
  ["what is ignored costs nothing", { kind: "ignored", why: "bot" }, []],
];

test.each(cases)("%s", async (_, incoming, expected) => {
  const { done, accept } = house();
  await accept(incoming);
  expect(done).toEqual(expected);
});

describe("is not acknowledged when it cannot be kept:", () => {
  test.each<[string, Incoming, string]>([
    ["a conversation", { kind: "conversation", event }, "put"],
    ["a look at a comment of ours", posted(2), "look"],
    ["a push", { kind: "push", account: 1001, repository: { id: 2001, name: "helpdesk" } }, "invalidate"],
    ["an installation", { kind: "installed", account: acme, installation: 7001 }, "installed"],
    ["a new login", { kind: "renamed", account: acme, installation: 7001 }, "renamed"],
    ["the end of one", { kind: "uninstalled", account: 1001, installation: 7001 }, "forget"],
  ])("%s", async (_, incoming, broken) => {
    const { done, accept } = house(broken);
    await expect(accept(incoming)).rejects.toThrow("down");
    expect(done.map(([name]) => name)).toEqual([broken]);
  });
});
