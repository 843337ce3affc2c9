/** The language by example: every vector of fixtures/quick-actions.json as one named case. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { toJson } from "../../src/quick-actions/index.js";
import { parser } from "./parser.js";

interface Vector {
  readonly name: string;
  readonly text: string;
  readonly commands: unknown;
  /** How many problems, or their codes. */
  readonly problems: number | readonly string[];
}

const file = new URL("../../fixtures/quick-actions.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as readonly Vector[];

describe("vectors", () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))("%s", (_, vector) => {
    const { commands, problems } = toJson(parser.parse(vector.text));
    expect(commands).toEqual(vector.commands);
    const codes = problems.map(({ code }) => code);
    expect(typeof vector.problems === "number" ? codes.length : codes).toEqual(vector.problems);
  });
});
