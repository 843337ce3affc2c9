/** The budget of comments is counted by account and told by installation, of accounts that were heard of. */
import { expect, test } from "@jest/globals";
import { createContentLeft } from "../../src/compose/content-left.js";
import type { CommentEvent } from "../../src/conversation/event.js";
import type { ConversationDoor } from "../../src/conversation/index.js";

const said = (account: number, installation: number): CommentEvent => ({
  type: "comment",
  delivery: "d",
  place: {
    installation,
    account: { id: account, login: "acme", type: "Organization" },
    repository: { id: 2, owner: "acme", name: "helpdesk", visibility: "private" },
    issue: {
      ...{ number: 1, id: 3, nodeId: "I_3", title: "T", state: "open", isPullRequest: false },
      changedAt: new Date(0),
    },
  },
  actor: { id: 4, login: "pia" },
  source: { kind: "comment", id: 5 },
  text: "/contacts",
  writtenAt: "2026-01-01T00:00:00Z",
});
const door: ConversationDoor = {
  handle: () => Promise.resolve("answered"),
  apologize: () => Promise.resolve(),
};

test("each installation has what the tighter limit leaves it", async () => {
  const counted = new Map([
    [1, { minute: 3, hour: 90 }],
    [2, { minute: 35, hour: 4 }],
    [3, { minute: 35, hour: 100 }],
  ]);
  const content = createContentLeft({ left: () => counted });
  const noting = content.noting(door);
  expect(content.left()).toEqual(new Map());
  for (const [account, installation] of [
    [1, 10],
    [2, 20],
    [9, 90],
  ] as const)
    expect(await noting.handle(said(account, installation))).toBe("answered");
  expect(content.left()).toEqual(
    new Map([
      [10, 3],
      [20, 4],
    ]),
  );
});

test("an account that installed the app again has its new installation", async () => {
  const content = createContentLeft({ left: () => new Map([[1, { minute: 3, hour: 90 }]]) });
  const noting = content.noting(door);
  await noting.handle(said(1, 10));
  await noting.handle(said(1, 11));
  expect(content.left()).toEqual(new Map([[11, 3]]));
});
