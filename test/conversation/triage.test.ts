/** Who may triage which repositories: asked of GitHub, remembered for a minute, never more than 20 at once. */
import { expect, test } from "@jest/globals";
import { createTriage } from "../../src/conversation/triage.js";
import { GoneError, RefusedError, RetryableError } from "../../src/github/errors.js";
import type { Installation, RepositoryPermission } from "../../src/github/github.js";

const pia = { id: 504, login: "pia" };

function stage(answer: (name: string) => RepositoryPermission | Error) {
  let time = 0;
  const asked: string[] = [];
  const permission: Installation["permission"] = ({ owner, name }, login) => {
    asked.push(`${owner}/${name} ${login}`);
    const told = answer(name);
    return told instanceof Error ? Promise.reject(told) : Promise.resolve(told);
  };
  const triage = createTriage(() => new Date(time));
  const roles = new Map([["helper", "planner" as const]]);
  return {
    asked,
    pass: (seconds: number) => (time += seconds * 1000),
    ask: async (ids: readonly number[], person = pia) => {
      const repositories = ids.map((id) => ({ id, name: `acme/r${id}` }));
      return [...(await triage.triaged(repositories, { person, installation: { permission }, roles }))];
    },
  };
}

const role = (permission: RepositoryPermission["permission"], roleName: string, userId = pia.id) => ({
  permission,
  roleName,
  userId,
});

test.each<readonly [string, RepositoryPermission | Error, readonly number[]]>([
  ["with Triage", role("read", "triage"), [1]],
  ["with Write", role("write", "write"), [1]],
  ["with a custom role that is mapped", role("read", "Helper"), [1]],
  ["with Read", role("read", "read"), []],
  ["without any role", role("none", "none"), []],
  ["with a role of somebody who had the login before", role("admin", "admin", 999), []],
  ["where the repository is gone", new GoneError("gone"), []],
  ["where the app may not look", new RefusedError("refused", 403), []],
])("somebody %s", async (_, answer, triaged) => {
  expect(await stage(() => answer).ask([1])).toEqual(triaged);
});

test("an answer holds for a minute, for one person and one name of a repository", async () => {
  const { ask, asked, pass } = stage(() => role("read", "triage"));
  await ask([1]);
  pass(59);
  await ask([1]);
  expect(asked).toHaveLength(1);
  await ask([1], { id: 505, login: "gus" });
  expect(asked).toHaveLength(2);
  pass(1);
  await ask([1]);
  expect(asked).toEqual(["acme/r1 pia", "acme/r1 gus", "acme/r1 pia"]);
});

test("20 repositories are asked about, the others count as not seen", async () => {
  const { ask, asked } = stage(() => role("admin", "admin"));
  const ids = Array.from({ length: 21 }, (_, index) => index + 1);
  expect(await ask(ids)).toEqual(ids.slice(0, 20));
  expect(asked).toHaveLength(20);
});

test("GitHub's trouble is nobody's answer, and is not remembered", async () => {
  let broken = true;
  const { ask } = stage(() => (broken ? new RetryableError("later") : role("read", "triage")));
  await expect(ask([1])).rejects.toThrow(RetryableError);
  broken = false;
  expect(await ask([1])).toEqual([1]);
});
