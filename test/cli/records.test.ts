/** liaison import and export : files in, files out, and sentences for what does not fit. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createAccounts } from "../../src/conversation/accounts.js";
import { storedLastGood } from "../../src/config/last-good.js";
import { schema, type ConfigDocument } from "../../src/store/documents.js";
import { openStore } from "../../src/store/open.js";
import { liaison } from "./run.js";

const sample = fileURLToPath(new URL("../../fixtures/contacts.csv", import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-records-"));
  const store = await openStore({ dataDir: join(folder, "data"), schema });
  await createAccounts(store, () => new Date()).remember(
    { id: 1001, login: "acme", type: "Organization" },
    7001,
  );
  await store.close();
  await keep("groups: { sales: {}, support: { contact_source: sales } }");
  await copyFile(sample, join(folder, "contacts.csv"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Keeps the text as the last good account config of acme. */
async function keep(text: string | undefined): Promise<void> {
  const store = await openStore({ dataDir: join(folder, "data"), schema });
  const lastGood = storedLastGood(store.collection<ConfigDocument>("configs"), () => new Date());
  const key = { account: 1001, file: "account" } as const;
  await (text === undefined ? lastGood.forget(key) : lastGood.put(key, text));
  await store.close();
}

const run = (...args: string[]) => liaison(args, { cwd: folder });

test("import, export and import again: the second import changes nothing, the export is the same", async () => {
  const first = await run("import", "--group", "acme/sales", "contacts.csv");
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toMatch(
    /^40 rows: 40 created, 0 updated, 0 unchanged, 0 rejected; \d+ organizations created\.\n$/,
  );
  const exported = await run("export", "--group", "Acme/Sales");
  await writeFile(join(folder, "again.csv"), exported.stdout);
  const second = await run("import", "--group", "acme/sales", "again.csv");
  expect(second.stdout).toMatch(
    /^40 rows: 0 created, 0 updated, 40 unchanged, 0 rejected; 0 organizations created\.\n$/,
  );
  expect((await run("export", "--group", "acme/sales")).stdout).toBe(exported.stdout);
});

test("a dry run says the same and writes nothing", async () => {
  const dry = await run("import", "--group", "acme", "contacts.csv", "--dry-run");
  expect(dry.stdout).toMatch(/^Dry run, nothing was written\. An import would do: 40 rows: 40 created/);
  expect((await run("export", "--group", "acme")).stdout.trim().split("\n")).toHaveLength(1);
});

test("rejected rows are named by line and reason, and the exit code is 1", async () => {
  await writeFile(
    join(folder, "bad.csv"),
    "first_name,last_name,email\nJane,Doe,jane@acme.com\n,Stone,bob@acme.com\nEve,Mallory,not an address\n",
  );
  const { code, stdout, stderr } = await run("import", "--group", "acme", "bad.csv");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^line 3: .*\nline 4: .*\n$/);
  expect(stderr).not.toContain("@acme.com");
  expect(stdout).toContain("3 rows: 1 created, 0 updated, 0 unchanged, 2 rejected");
});

test.each([
  ["an unknown column", "first_name,last_name,emial\n", /emial|email/],
  ["semicolons", "first_name;last_name;email\nJane;Doe;jane@acme.com\n", /comma|semicolon/i],
  ["nothing at all", "", /empty/],
])("a file with %s gets one sentence that helps", async (_, content, words) => {
  await writeFile(join(folder, "odd.csv"), content);
  const { code, stdout, stderr } = await run("import", "--group", "acme", "odd.csv");
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/ {4}at /);
});

test("an account that nobody knows is asked of GitHub, for which credentials are needed", async () => {
  const { code, stderr } = await run("import", "--group", "umbrella", "contacts.csv");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The account umbrella is not in the store yet\. Set APP_ID/);
});

test("a group that is no path is refused with an example", async () => {
  const { code, stderr } = await run("import", "--group", "acme//x", "contacts.csv");
  expect(code).toBe(1);
  expect(stderr).toContain("acme/support/emea");
});

test("a file that is not there is one sentence", async () => {
  const { code, stderr } = await run("import", "--group", "acme", "nothing.csv");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^There is no file .*nothing\.csv\.\n$/);
  expect(await readFile(join(folder, "contacts.csv"), "utf8")).not.toBe("");
});

test.each(["acme/suport", "acme/support", "acme/sales/emea"])(
  "contacts of %s nobody would see: refused with what is used, unless forced",
  async (group) => {
    const refused = await run("import", "--group", group, "contacts.csv");
    expect(refused).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `No group of acme uses ${group} as its contact source, so nobody would see contacts there. ` +
        "Groups that are used: acme, acme/sales. Declare it in .github/liaison.yml of acme/.github first, or pass --force.\n",
    });
    const empty = await run("export", "--group", group);
    expect(empty).toMatchObject({ code: 1, stdout: "" });
    expect(empty.stderr).toMatch(/^There are no contacts\. No group of acme uses /);
    const forced = await run("import", "--group", group, "contacts.csv", "--force");
    expect(forced).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("40 created") });
    expect((await run("export", "--group", group)).stdout.trim().split("\n")).toHaveLength(41);
  },
);

test.each([
  [
    "an account that shares, which other accounts may use",
    "groups: { crm: {} }\nshare_contacts_with: [9]",
    /^$/,
  ],
  ["no config known", undefined, /^No config of acme is known yet, so it was not checked .* acme\/crm .*\n$/],
  ["a config that does not fit any more", "groups: 1", /^No config of acme is known yet/],
])("a group of %s is imported", async (_, config, stderr) => {
  await keep(config);
  const { code, ...said } = await run("import", "--group", "acme/crm", "contacts.csv", "--dry-run");
  expect(code).toBe(0);
  expect(said.stderr).toMatch(stderr);
});
