/** Labels of organizations after a crash at any point: the same delivery ends in the same labels, and theirs stay. */
import { expect, test } from "@jest/globals";
import { followLabels, type LabelDependencies, type LabelGround } from "../../src/conversation/labels.js";
import { RefusedError } from "../../src/github/errors.js";
import type { Section } from "../../src/replies/section.js";
import type { ContactDocument, IssueLabel, OrganizationDocument } from "../../src/store/documents.js";
import { contact, organization } from "../commands/listing.js";

const source = { account: 1001, group: "" };
const said: readonly Section[] = [
  {
    kind: "outcomes",
    action: "contacts",
    outcomes: [{ type: "linked", contacts: [] }],
    key: "k",
    line: 1,
    delivery: "d",
  },
];

/** Contact n works for organization n, which is called `n`. */
const people = (numbers: readonly number[]): ReadonlyMap<number, ContactDocument> =>
  new Map(numbers.map((number) => [number, { ...contact(number), organization: number }]));
const companies = (numbers: readonly number[]): ReadonlyMap<number, OrganizationDocument> =>
  new Map(numbers.map((number) => [number, { ...organization(number), name: String(number) }]));

/** An issue on GitHub and in the store. After `steps` more reads, writes or calls everything fails. */
function stage() {
  const github = new Set<string>();
  const calls: string[] = [];
  let remembered: readonly IssueLabel[] = [];
  let linked: readonly number[] = [];
  let steps = Infinity;
  let takes = true;
  const step = <T>(deed: () => T): Promise<T> => {
    if (steps-- <= 0) return Promise.reject(new Error("killed"));
    return Promise.resolve().then(deed);
  };
  const dependencies: LabelDependencies = {
    issueLabels: {
      find: () => step(() => ({ contacts: linked, labels: remembered, followed: true })),
      remember: (_issue, labels) => step(() => void (remembered = labels)),
    },
    lookups: {
      contactsByNumbers: (_source, numbers) => step(() => people(numbers)),
      organizationsByNumbers: (_source, numbers) => step(() => companies(numbers)),
    },
  };
  const installation: LabelGround["installation"] = {
    addLabels: (_issue, labels) =>
      step(() => {
        calls.push(`put ${labels.join(" ")}`);
        labels.forEach((label) => github.add(label));
      }),
    removeLabel: (_issue, label) =>
      step(() => {
        if (!takes) throw new RefusedError("no", 403);
        calls.push(`take ${label}`);
        github.delete(label);
      }),
  };
  const ground = (shown: readonly string[]): LabelGround => ({
    config: { repository: { labels: { organization: "c {name}", public: false } } },
    source,
    installation,
    place: {
      installation: 1,
      account: { id: 1001, login: "acme", type: "Organization" },
      repository: { id: 2001, owner: "acme", name: "helpdesk", visibility: "private" },
      issue: {
        number: 1,
        id: 1,
        nodeId: "I",
        title: "",
        state: "open",
        isPullRequest: false,
        labels: shown,
        changedAt: new Date(0),
      },
    },
  });
  return {
    github,
    calls,
    remembered: () => remembered,
    /** From now on GitHub lets labels be taken off, or not. */
    letTake(may: boolean) {
      takes = may;
    },
    /** Links are changed; a delivery that shows these labels follows, killed once after so many steps. */
    async deliver(numbers: readonly number[], killedAfter = Infinity) {
      linked = numbers;
      const shown = [...github];
      steps = killedAfter;
      const first = await followLabels(said, ground(shown), dependencies).catch(() => "killed");
      steps = Infinity;
      return first === "killed" ? followLabels(said, ground(shown), dependencies) : first;
    },
  };
}

test.each(Array.from({ length: 9 }, (_, n) => n))("killed after %i steps", async (killedAfter) => {
  const scene = stage();
  const { github } = scene;
  github.add("bug").add("c 3");
  await scene.deliver([1, 3], killedAfter);
  expect([...github].sort()).toEqual(["bug", "c 1", "c 3"]);
  await scene.deliver([2], killedAfter);
  expect([...github].sort()).toEqual(["bug", "c 2", "c 3"]);
  await scene.deliver([], killedAfter);
  expect([...github].sort()).toEqual(["bug", "c 3"]);
  expect(scene.remembered()).toEqual([]);
});

test("all that come are put by one call, each that goes is taken by one", async () => {
  const scene = stage();
  await scene.deliver([1, 2, 3]);
  await scene.deliver([1, 2, 3]);
  await scene.deliver([4]);
  expect(scene.calls).toEqual(["put c 1 c 2 c 3", "put c 4", "take c 1", "take c 2", "take c 3"]);
});

test("what GitHub will not take off is tried again the next time", async () => {
  const scene = stage();
  await scene.deliver([1]);
  scene.letTake(false);
  expect(await scene.deliver([])).toBe("refused");
  expect([...scene.github]).toEqual(["c 1"]);
  scene.letTake(true);
  expect(await scene.deliver([])).toBeUndefined();
  expect([...scene.github]).toEqual([]);
});
