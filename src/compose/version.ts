/** Which Liaison this is, as its package says. */
import { readFile } from "node:fs/promises";
import { z } from "zod";

const file = new URL("../../package.json", import.meta.url);

export async function packageVersion(): Promise<string> {
  const text = await readFile(file, "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
