/** Over a limit: a clear sentence, and nothing done in part. */
import { describe, expect, it } from "@jest/globals";
import { parser } from "./parser.js";

const lines = (count: number) => Array.from({ length: count }, (_, n) => `/add_contacts ${n}`);
const codes = (text: string) => parser.parse(text).problems.map(({ code, line }) => [code, line]);

describe("limits", () => {
  it("reads 50 quick actions of a comment", () => {
    expect(parser.parse(lines(50).join("\n")).commands).toHaveLength(50);
  });

  it("reads none of 51", () => {
    const text = lines(51).join("\n\n");
    expect(parser.parse(text).commands).toEqual([]);
    expect(codes(text)).toEqual([["too_many_commands", 101]]);
  });

  it("does not count lines that do not count", () => {
    const text = [...lines(50), "", "```", ...lines(10), "```"].join("\n");
    expect(parser.parse(text).commands).toHaveLength(50);
  });

  it("counts near misses and bad lines too, for each would be answered", () => {
    const text = [...lines(30), ..."x".repeat(21).replaceAll("x", "/contcats\n").trim().split("\n")].join(
      "\n",
    );
    expect(codes(text)).toEqual([["too_many_commands", 51]]);
  });

  it("reads a line of 8,192 characters", () => {
    const text = "/find_contacts ".padEnd(8192, "x");
    expect(parser.parse(text).commands[0]?.arguments).toMatchObject([
      { type: "word", value: "x".repeat(8177) },
    ]);
  });

  it("refuses a line of 8,193, and only that line", () => {
    const text = `${"/find_contacts ".padEnd(8193, "x")}\n/contacts`;
    expect(codes(text)).toEqual([["line_too_long", 1]]);
    expect(parser.parse(text).commands.map(({ name }) => name)).toEqual(["contacts"]);
  });

  it("reads a text of 65,536 characters, however many code units they take", () => {
    expect(parser.parse("/contacts\n".padEnd(65_536, "x")).commands).toHaveLength(1);
    expect(parser.parse(`/contacts\n${"🙂".repeat(65_526)}`).commands).toHaveLength(1);
  });

  it.each(["x", "🙂"])("refuses a text of 65,537 characters like %s", (character) => {
    const text = `/contacts\n${character.repeat(65_527)}`;
    expect(parser.parse(text).commands).toEqual([]);
    expect(codes(text)).toEqual([["text_too_long", 1]]);
  });

  it("says nothing about a long text without quick actions", () => {
    expect(codes("x/y ".repeat(100_000))).toEqual([]);
  });
});
