/** What the quick actions that switch records on or off have in common: each reference has its own outcome. */
import { expect, test } from "@jest/globals";
import type { QuickAction } from "../../src/commands/quick-action.js";
import { recordCall, recordTools, type Answers } from "./record-fakes.js";

interface Switch {
  readonly kind: "contact" | "organization";
  readonly state: "active" | "inactive";
}

const others = { contact: "organization", organization: "contact" } as const;
const numbers = { contact: 42, organization: 7 } as const;

/** Its tests, for the file of that quick action. */
export function testSwitching(action: Pick<QuickAction, "name"> & Runs, { kind, state }: Switch): void {
  const number = numbers[kind];
  const states = { type: "record_states", kind, state };

  async function run(line: string, answers: Answers = {}) {
    const { tools, asked } = recordTools(answers);
    return { outcomes: await action.run(recordCall(`/${action.name} ${line}`), tools), asked };
  }

  test("one record, named twice, is told once", async () => {
    const { outcomes, asked } = await run(`[${kind}:${number}] [${kind}:${number}]`);
    expect(asked).toEqual([["setState", kind, [number], state]]);
    expect(outcomes).toEqual([{ ...states, changed: [number], already: [] }]);
  });

  test("in that state already is no error", async () => {
    const { outcomes } = await run(`[${kind}:${number}]`, { switched: [] });
    expect(outcomes).toEqual([{ ...states, changed: [], already: [number] }]);
  });

  test.each<[string, string, Answers, readonly unknown[]]>([
    ["nothing", "", {}, [{ type: "one_reference", kind }]],
    ["a word", "Acne", {}, [{ why: "misfit", argument: 1 }]],
    ["a field", "state:x", {}, [{ why: "misfit", argument: 1 }]],
    ["the other kind", `[${others[kind]}:1]`, {}, [{ why: "misfit", argument: 1 }]],
    [
      "an unknown one",
      `[${kind}:Acne]`,
      { resolution: { type: "unknown" } },
      [{ why: "unknown", argument: 1 }],
    ],
    ["an open one", `[${kind}:`, {}, [{ why: "open", argument: 1 }]],
  ])("%s changes nothing", async (_, line, answers, expected) => {
    const { outcomes, asked } = await run(line, answers);
    expect(outcomes).toMatchObject(expected);
    expect(asked).toEqual([]);
  });

  test("one that is not clear hides no other", async () => {
    const { outcomes } = await run(`[${kind}:${number}] nonsense`);
    expect(outcomes).toMatchObject([
      { ...states, changed: [number] },
      { type: "record_unclear", argument: 2, near: [] },
    ]);
  });
}

/** Asks for no more tools than the fakes have. */
interface Runs {
  run(
    call: ReturnType<typeof recordCall>,
    tools: ReturnType<typeof recordTools>["tools"],
  ): ReturnType<QuickAction["run"]>;
}
