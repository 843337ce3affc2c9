/** What the world tells about comments and issues: one row per act. */
import { describe, expect, test } from "@jest/globals";
import { expectTold, told } from "./telling.js";
import type { Row } from "./telling.js";

const from = (text: string) => ({ changes: { body: { from: text } } });

const rows: readonly Row[] = [
  {
    name: "a comment",
    act: (world, issue) => world.comment(world.sample.people.pia, issue, "/contacts"),
    told: [
      [
        "issue_comment.created",
        {
          comment: { body: "/contacts", user: { id: 504 }, performed_via_github_app: null },
          issue: { number: 1, state: "open" },
          repository: { id: 2001, private: true, visibility: "private", owner: { id: 1001 } },
          organization: { id: 1001 },
          installation: { id: 7001 },
          sender: { login: "pia", type: "User" },
        },
      ],
    ],
  },
  {
    name: "a comment on a pull request",
    act: (world) => {
      const { sample } = world;
      const pull = world.openIssue(sample.people.dana, sample.helpdesk, "A change", null, {
        pullRequest: true,
      });
      world.comment(sample.people.dana, pull, "x");
    },
    told: [["issue_comment.created", { issue: { pull_request: { merged_at: null }, number: 4 } }]],
  },
  {
    name: "an edit by somebody else: the author stays, the sender is the editor",
    act: (world, issue) => {
      const { marco, pia } = world.sample.people;
      const comment = world.comment(pia, issue, "old");
      world.editComment(marco, comment, "new");
    },
    told: [
      ["issue_comment.created", {}],
      [
        "issue_comment.edited",
        { ...from("old"), comment: { body: "new", user: { id: 504 } }, sender: { id: 502 } },
      ],
    ],
  },
  {
    name: "an edit that changes nothing tells nothing",
    act: (world, issue) => {
      const comment = world.comment(world.sample.people.pia, issue, "old");
      world.editComment(world.sample.people.pia, comment, "old");
    },
    told: [["issue_comment.created", {}]],
  },
  {
    name: "a tick in the bot's comment",
    act: (world, issue) => {
      const comment = world.comment(world.app.bot, issue, "- [ ] one\n- [ ] two");
      world.tick(world.sample.people.dana, comment, 2);
    },
    told: [
      [
        "issue_comment.created",
        { sender: { type: "Bot" }, comment: { performed_via_github_app: { id: 99 } } },
      ],
      [
        "issue_comment.edited",
        {
          ...from("- [ ] one\n- [ ] two"),
          comment: { body: "- [ ] one\n- [x] two", user: { type: "Bot" } },
          sender: { login: "dana", type: "User" },
        },
      ],
    ],
  },
  {
    name: "an issue's life",
    act: (world) => {
      const { dana } = world.sample.people;
      const issue = world.openIssue(dana, world.sample.website, "Title");
      world.editIssue(dana, issue, { body: "/contacts" });
      world.closeIssue(dana, issue);
      world.reopenIssue(dana, issue);
      world.deleteIssue(dana, issue);
    },
    told: [
      ["issues.opened", { issue: { body: null }, repository: { visibility: "public" } }],
      ["issues.edited", { ...from(""), issue: { body: "/contacts" } }],
      ["issues.closed", { issue: { state: "closed" } }],
      ["issues.reopened", { issue: { state: "open", closed_at: null } }],
      ["issues.deleted", { issue: { number: 3 } }],
    ],
  },
  {
    name: "a transfer: both sides, comments go along without events",
    act: (world, issue) => {
      const moved = world.transferIssue(world.sample.people.olivia, issue, world.sample.website);
      expect(world.commentsOf(moved)).toHaveLength(1);
    },
    told: [
      [
        "issues.transferred",
        {
          issue: { number: 1 },
          repository: { name: "helpdesk" },
          changes: { new_issue: { number: 3 }, new_repository: { name: "website" } },
        },
      ],
      [
        "issues.opened",
        {
          issue: { number: 3 },
          repository: { name: "website" },
          changes: { old_issue: { number: 1 }, old_repository: { name: "helpdesk" } },
        },
      ],
    ],
  },
];

test.each(rows)("$name", expectTold);

describe("task boxes", () => {
  const text = ["- [ ] a", "text [ ] b", "```", "- [ ] c", "```", "> 1. [X] d", "  * [ ] e", "- [ ]f"].join(
    "\n",
  );
  test.each([
    [1, "- [x] a"],
    [2, "> 1. [ ] d"],
    [3, "  * [x] e"],
  ])("number %i", (n, line) => {
    const [delivery] = told((world, issue) => {
      const comment = world.comment(world.app.bot, issue, text);
      world.tick(world.sample.people.dana, comment, n);
    }).slice(1);
    const { body } = delivery?.payload.comment as { body: string };
    expect(body.split("\n").filter((one) => !text.split("\n").includes(one))).toEqual([line]);
  });

  test.each([0, 4])("there is no number %i", (n) => {
    expect(() =>
      told((world, issue) => {
        world.tick(world.sample.people.dana, world.comment(world.app.bot, issue, text), n);
      }),
    ).toThrow(`no task box ${n}`);
  });
});
