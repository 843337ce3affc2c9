/**
 * The schema as JSON Schema: published for editors (fixtures/config/liaison.schema.json), and walked
 * by the reference and by the wording of mistakes, so that all of them say the same.
 */
import { z } from "zod";
import { accountFile, repositoryFile } from "./schema.js";

/** The part of JSON Schema that our schema uses. */
export interface SchemaNode {
  readonly type?: "string" | "boolean" | "integer" | "array" | "object" | "null";
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly (string | number)[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | false;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** The published schema: of both files, since the account config may hold every key. */
export function publishedSchema(): SchemaNode {
  const made = z.toJSONSchema(accountFile, { target: "draft-7", io: "input" }) as SchemaNode;
  return {
    ...made,
    title: "Liaison: .github/liaison.yml",
    description:
      "Settings of a repository, or of a whole account when the file is in the account's .github repository.",
  };
}

/** The root of each kind of file; made once. */
export const schemaOf: Readonly<Record<"account" | "repository", SchemaNode>> = {
  account: publishedSchema(),
  repository: z.toJSONSchema(repositoryFile, { target: "draft-7", io: "input" }) as SchemaNode,
};

/** What the schema says about the value at `path`; undefined where it knows no such place. */
export function nodeAt(root: SchemaNode, path: readonly (string | number)[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of path) {
    node = node && child(mapping(node), step);
  }
  return node && mapping(node);
}

/** `group` or nothing, written as `anyOf`: the group is meant. */
const mapping = (node: SchemaNode): SchemaNode => node.anyOf?.find(({ type }) => type === "object") ?? node;

function child(node: SchemaNode, step: string | number): SchemaNode | undefined {
  if (typeof step === "number") return node.items;
  if (node.properties && Object.hasOwn(node.properties, step)) return node.properties[step];
  return node.additionalProperties === false ? undefined : node.additionalProperties;
}

/** What values the schema wants here, as the end of "must be …". */
export function expectation(node: SchemaNode | undefined): string {
  if (node?.title !== undefined && node.examples)
    return `${node.title} such as ${quoted(node.examples, " or ")}`;
  if (node?.enum) return `one of ${quoted(node.enum, ", ")}`;
  switch (node?.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number from ${node.minimum ?? 0} to ${node.maximum ?? "any"}`;
    case "array":
      return "a list";
    case "object":
      return "a mapping of keys to values";
    case "string":
      return "text of at most 100 characters";
    case "null":
    case undefined:
      return "something else";
  }
}

const quoted = (words: readonly (string | number)[], between: string): string =>
  words.map((word) => (typeof word === "number" ? String(word) : `"${word}"`)).join(between);
