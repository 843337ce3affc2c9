/** What was said first comes first, whichever process heard it first and whatever its clock says. */
import { describe, expect, test } from "@jest/globals";
import { createInbox } from "../../src/intake/inbox.js";
import type { CommentEvent, TickEvent } from "../../src/conversation/event.js";
import { engines } from "../support/stores.js";
import { useInbox } from "./use-inbox.js";
import { comment } from "./workshop.js";

const at = (second: number) => `2026-11-02T08:00:${String(second).padStart(2, "0")}Z`;

const said = (text: string, second: number, id: number): CommentEvent => ({
  ...comment(1, text),
  writtenAt: at(second),
  source: { kind: "comment", id },
});
const ticked = (text: string, second: number): TickEvent => {
  const { place, actor, delivery } = comment(1, text);
  return { type: "tick", delivery, place, actor, comment: 5, text, writtenAt: at(second) };
};
const body = (text: string, second: number): CommentEvent => ({
  ...comment(1, text),
  writtenAt: at(second),
  source: { kind: "body" },
});

type Heard = readonly [CommentEvent | TickEvent, "ahead" | "behind"];

describe.each(engines())("on the $name engine", (engine) => {
  const { bench, workAll } = useInbox(engine);

  /** Two processes whose clocks are a minute apart. */
  const hear = async (heard: readonly Heard[]) => {
    const { store, clock } = bench();
    const ahead = createInbox(store, () => new Date(clock.now().getTime() + 60_000));
    const behind = createInbox(store, clock.now);
    for (const [event, process] of heard) await (process === "ahead" ? ahead : behind).put(event);
    clock.pass(60_000);
    return (await workAll()).flat();
  };

  test.each<[string, readonly Heard[], readonly string[]]>([
    [
      "two comments, the first of them heard by the process whose clock is ahead",
      [
        [said("1", 1, 11), "ahead"],
        [said("2", 2, 12), "behind"],
      ],
      ["1", "2"],
    ],
    [
      "two comments of one second, by their ids",
      [
        [said("2", 1, 12), "behind"],
        [said("1", 1, 11), "ahead"],
      ],
      ["1", "2"],
    ],
    [
      "ids of different lengths, as numbers",
      [
        [said("2", 1, 1000), "behind"],
        [said("1", 1, 999), "ahead"],
      ],
      ["1", "2"],
    ],
    [
      "an issue's own text before its first comment",
      [
        [said("2", 1, 11), "behind"],
        [body("1", 1), "ahead"],
      ],
      ["1", "2"],
    ],
    [
      "an edit by the time of the edit, not of the comment",
      [
        [{ ...said("3", 3, 11), previous: "1" }, "behind"],
        [said("2", 2, 12), "ahead"],
        [said("1", 1, 11), "ahead"],
      ],
      ["1", "2", "3"],
    ],
    [
      "a tick between two comments",
      [
        [said("3", 3, 12), "behind"],
        [ticked("2", 2), "ahead"],
        [said("1", 1, 11), "ahead"],
      ],
      ["1", "2", "3"],
    ],
    [
      "what came late before what was said after it",
      [
        [said("2", 30, 12), "behind"],
        [said("1", 1, 11), "behind"],
      ],
      ["1", "2"],
    ],
    [
      "two edits of one comment in one second, by their arrival",
      [
        [{ ...said("1", 1, 11), previous: "" }, "behind"],
        [{ ...said("2", 1, 11), previous: "" }, "behind"],
      ],
      ["1", "2"],
    ],
    [
      "a time that is none, by its arrival",
      [
        [{ ...said("1", 0, 11), writtenAt: "yesterday" }, "behind"],
        [{ ...said("2", 0, 11), writtenAt: "" }, "behind"],
      ],
      ["1", "2"],
    ],
  ])("%s", async (_, heard, order) => {
    expect(await hear(heard)).toEqual(order);
  });
});
