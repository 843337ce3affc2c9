/**
 * The README's generated parts are what the code says, and its tour is what the sandbox shows.
 * `npm run docs` writes them anew (LIAISON_WRITE_DOCS=1).
 */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { quickActions } from "../../src/commands/index.js";
import { configReference } from "../../src/config/reference.js";
import { quickActionTable } from "../../src/replies/help.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = `${root}README.md`;

const sections: Readonly<Record<string, () => Promise<string> | string>> = {
  tour: async () => `\`\`\`text\n${(await playTour()).trimEnd()}\n\`\`\``,
  "quick actions": () => quickActionTable(quickActions),
  config: () => configReference().trim(),
};

describe("README", () => {
  test.each(Object.keys(sections))("%s is up to date", async (name) => {
    const expected = await sections[name]?.();
    const text = await readFile(readme, "utf8");
    const part = new RegExp(`(<!-- generated: ${name} -->\n)([\\s\\S]*?)(<!-- /generated -->)`);
    expect(text).toMatch(part);
    if (process.env.LIAISON_WRITE_DOCS === "1") {
      await writeFile(
        readme,
        text.replace(part, (_, open: string, __, close: string) => `${open}\n${expected ?? ""}\n\n${close}`),
      );
      return;
    }
    expect(part.exec(text)?.[2]?.trim()).toBe(expected);
  });

  test("every file it links to is there", async () => {
    const text = await readFile(readme, "utf8");
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) await expect(readFile(`${root}${link}`, "utf8")).resolves.not.toBe("");
  });
});

/** Colours off, so that a terminal sees the same. */
async function playTour(): Promise<string> {
  const env = { PATH: process.env.PATH ?? "", NO_COLOR: "1", FORCE_COLOR: "0" };
  const command = [`${root}dist/main.js`, "sandbox", "--script", `${root}fixtures/tour.txt`];
  return (await promisify(execFile)(process.execPath, command, { env, cwd: root })).stdout;
}
