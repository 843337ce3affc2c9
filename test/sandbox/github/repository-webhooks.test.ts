/** What the world tells about repositories, organizations and installations: one row per act. */
import { expect, test } from "@jest/globals";
import { createSampleWorld } from "../../../src/sandbox/github/index.js";
import { expectTold } from "./telling.js";
import type { Row } from "./telling.js";

const rows: readonly Row[] = [
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

test.each(rows)("$name", expectTold);

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
