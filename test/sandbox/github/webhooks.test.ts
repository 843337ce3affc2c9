/** What the world tells about what people do: one row per act, every payload checked against GitHub's schema. */
import { describe, expect, test } from "@jest/globals";
import { createSampleWorld } from "../../../src/sandbox/github/index.js";
import type { Delivery, Issue, SampleWorld } from "../../../src/sandbox/github/index.js";
import { webhookProblems } from "../../support/webhook-schema.js";

/** What the act makes the world say. */
function told(act: (world: SampleWorld, issue: Issue) => void): Delivery[] {
  const world = createSampleWorld();
  const deliveries: Delivery[] = [];
  world.onDelivery((delivery) => deliveries.push(delivery));
  act(world, world.sample.issues.login);
  return deliveries;
}

interface Row {
  readonly name: string;
  readonly act: (world: SampleWorld, issue: Issue) => void;
  /** Event, action, and what the payload must hold. */
  readonly told: readonly (readonly [string, object])[];
}

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
  {
    name: "pushes",
    act: (world) => {
      const { people, helpdesk } = world.sample;
      world.pushFile(people.dana, helpdesk, "a.txt", "a");
      world.pushFile(people.dana, helpdesk, "a.txt", "b");
      world.pushFile(people.dana, helpdesk, "a.txt", undefined);
      world.pushFile(people.dana, helpdesk, "a.txt", "c", "draft");
    },
    told: [
      [
        "push",
        { ref: "refs/heads/main", commits: [{ added: ["a.txt"] }], repository: { default_branch: "main" } },
      ],
      ["push", { commits: [{ added: [], modified: ["a.txt"] }] }],
      ["push", { commits: [{ removed: ["a.txt"] }] }],
      ["push", { ref: "refs/heads/draft" }],
    ],
  },
  {
    name: "a repository's life",
    act: (world) => {
      const { people, helpdesk } = world.sample;
      world.renameRepository(people.olivia, helpdesk, "service");
      world.setVisibility(people.olivia, helpdesk, "public");
      world.setVisibility(people.olivia, helpdesk, "private");
    },
    told: [
      [
        "repository.renamed",
        {
          changes: { repository: { name: { from: "helpdesk" } } },
          repository: { full_name: "acme/service" },
        },
      ],
      ["repository.publicized", { repository: { private: false } }],
      ["repository.privatized", { repository: { private: true } }],
    ],
  },
  {
    name: "a transfer to an account with the app",
    act: (world) => {
      const { sam } = world.sample.people;
      world.install(sam, sam);
      world.transferRepository(world.sample.people.olivia, world.sample.helpdesk, sam);
    },
    told: [
      ["installation.created", { installation: { target_type: "User" } }],
      ["repository.transferred", { changes: { owner: { from: { organization: { id: 1001 } } } } }],
    ],
  },
  {
    name: "a transfer to an account without it",
    act: (world) => {
      const { people, helpdesk } = world.sample;
      world.transferRepository(people.olivia, helpdesk, people.sam);
    },
    told: [],
  },
  {
    name: "a deleted repository",
    act: (world) => {
      world.deleteRepository(world.sample.helpdesk);
    },
    told: [],
  },
  {
    name: "another name for the organization",
    act: (world) => {
      world.renameOrganization(world.sample.people.olivia, world.sample.acme, "acme-corp");
    },
    told: [
      [
        "organization.renamed",
        { changes: { login: { from: "acme" } }, organization: { login: "acme-corp" } },
      ],
      [
        "installation_target.renamed",
        { account: { login: "acme-corp" }, changes: { login: { from: "acme" } } },
      ],
    ],
  },
  {
    name: "an installation's life",
    act: (world, issue) => {
      const { people, installation, website, helpdesk } = world.sample;
      world.selectRepositories(people.olivia, installation, { remove: [helpdesk] });
      world.comment(people.pia, issue, "not heard");
      world.selectRepositories(people.olivia, installation, { add: [helpdesk], remove: [website] });
      world.suspend(people.olivia, installation);
      world.comment(people.pia, issue, "not heard");
      world.unsuspend(people.olivia, installation);
      world.uninstall(people.olivia, installation);
      world.comment(people.pia, issue, "not heard");
    },
    told: [
      ["installation_repositories.removed", { repositories_removed: [{ id: 2001 }], repositories_added: [] }],
      ["installation_repositories.added", { repositories_added: [{ id: 2001 }], repositories_removed: [] }],
      ["installation_repositories.removed", { repositories_removed: [{ id: 2002 }] }],
      ["installation.suspend", { installation: { id: 7001, suspended_by: { id: 1001 } } }],
      ["installation.unsuspend", { installation: { suspended_at: null } }],
      ["installation.deleted", { repositories: [{ id: 2001 }, { id: 2003 }] }],
    ],
  },
];

describe("webhooks", () => {
  test.each(rows)("$name", ({ act, told: expected }) => {
    const deliveries = told(act);
    const names = deliveries.map(({ event, action }) => (action === null ? event : `${event}.${action}`));
    expect(names).toEqual(expected.map(([name]) => name));
    expect(deliveries.flatMap(({ event, payload }) => webhookProblems(event, payload))).toEqual([]);
    for (const [index, [, holds]] of expected.entries())
      expect(deliveries[index]?.payload).toMatchObject(holds);
  });

  test("the same steps give the same ids, another seed other deliveries", () => {
    const guids = (seed?: number) => {
      const world = createSampleWorld(seed === undefined ? {} : { seed });
      const seen: string[] = [];
      world.onDelivery(({ guid }) => seen.push(guid));
      world.closeIssue(world.sample.people.dana, world.sample.issues.button);
      return seen;
    };
    expect(guids()).toEqual(guids());
    expect(guids()).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
    ]);
    expect(guids(7)).not.toEqual(guids());
  });
});

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
