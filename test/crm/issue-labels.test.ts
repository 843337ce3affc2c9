/** Which labels come, go or stay: what is wanted against what is remembered and what GitHub showed. */
import { expect, test } from "@jest/globals";
import { planLabels } from "../../src/crm/issue-labels.js";
import type { IssueLabel } from "../../src/store/documents.js";

const of = (state: IssueLabel["state"], ...names: readonly string[]) =>
  names.map((name): IssueLabel => ({ name, state }));

test.each<[string, readonly IssueLabel[], string[], string[]]>([
  ["nothing is wanted, nothing is there", [], [], []],
  ["nothing is wanted, others' labels are there", [], [], ["bug"]],
  ["what is wanted was put", of("put", "a"), ["a"], ["a"]],
  ["what is wanted was put, in other letters", of("put", "A"), ["a"], []],
  ["what is wanted was put and taken off by hand", of("put", "a"), ["a"], []],
  ["what is wanted was somebody else's", of("found", "a"), ["a"], ["a"]],
])("nothing is done: %s", (_name, remembered, wanted, shown) => {
  expect(planLabels(remembered, wanted, new Set(shown))).toBeUndefined();
});

interface Row {
  readonly remembered?: readonly IssueLabel[];
  readonly wanted?: readonly string[];
  readonly shown?: readonly string[];
  readonly put?: readonly string[];
  readonly take?: readonly string[];
  readonly before: readonly IssueLabel[];
  readonly after: readonly IssueLabel[];
}

test.each<[string, Row]>([
  [
    "new labels, all at once",
    { wanted: ["a", "b"], put: ["a", "b"], before: of("putting", "a", "b"), after: of("put", "a", "b") },
  ],
  [
    "one that is there already is made sure of and stays theirs",
    { wanted: ["A"], shown: ["a"], put: ["A"], before: of("found", "A"), after: of("found", "A") },
  ],
  [
    "ours that GitHub showed is ours",
    {
      remembered: of("putting", "a"),
      wanted: ["a"],
      shown: ["a"],
      put: ["a"],
      before: of("putting", "a"),
      after: of("put", "a"),
    },
  ],
  [
    "ours goes, theirs is forgotten",
    {
      remembered: [...of("put", "a"), ...of("found", "b")],
      take: ["a"],
      before: of("taking", "a"),
      after: [],
    },
  ],
  ["theirs is forgotten, and nobody is asked", { remembered: of("found", "b"), before: [], after: [] }],
  [
    "a crash before it was put, and it is not wanted any more",
    { remembered: of("putting", "a"), take: ["a"], before: of("taking", "a"), after: [] },
  ],
  [
    "a crash before it was taken",
    { remembered: of("taking", "a"), take: ["a"], before: of("taking", "a"), after: [] },
  ],
  [
    "a crash before it was taken, and it is wanted again",
    {
      remembered: of("taking", "a"),
      wanted: ["a"],
      put: ["a"],
      before: of("putting", "a"),
      after: of("put", "a"),
    },
  ],
  [
    "one comes, one goes, one stays",
    {
      remembered: of("put", "a", "b"),
      wanted: ["b", "c"],
      put: ["c"],
      take: ["a"],
      before: [...of("put", "b"), ...of("putting", "c"), ...of("taking", "a")],
      after: of("put", "b", "c"),
    },
  ],
])("%s", (_name, { remembered = [], wanted = [], shown = [], put = [], take = [], before, after }) => {
  expect(planLabels(remembered, wanted, new Set(shown))).toEqual({ put, take, before, after });
});
