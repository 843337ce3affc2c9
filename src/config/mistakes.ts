/**
 * Checks a value against the schema and says every mistake in our words, with a did-you-mean. What is
 * wrong is taken out of the value, so that the rest can be checked further and all is listed at once.
 */
import type { z } from "zod";
import { quote, type Finding, type Path } from "./findings.js";
import { expectation, nodeAt, schemaOf, type SchemaNode } from "./json-schema.js";
import { nearest } from "./nearest.js";
import { accountOnly } from "./schema.js";
import { childOf, type Reading } from "./yaml-value.js";

type FileKind = "account" | "repository";

export interface Checked<T> {
  /** What is left when everything wrong is taken out; undefined when nothing is. */
  readonly value: T | undefined;
  readonly findings: readonly Finding[];
}

/** Checks what was read from a file of this kind against its schema. */
export function check<T>(kind: FileKind, schema: z.ZodType<T>, reading: Reading): Checked<T> {
  const first = schema.safeParse(reading.value);
  if (first.success) return { value: first.data, findings: [] };
  const findings = first.error.issues.flatMap((issue) => findingsOf(kind, issue, reading));
  const rest = schema.safeParse(mended(reading.value, first.error.issues, schemaOf[kind]));
  return { value: rest.success ? rest.data : undefined, findings };
}

const pathOf = (issue: z.core.$ZodIssue): Path =>
  issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));

function findingsOf(kind: FileKind, issue: z.core.$ZodIssue, reading: Reading): Finding[] {
  const path = pathOf(issue);
  const root = schemaOf[kind];
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(nodeAt(root, path)?.properties ?? {});
    return issue.keys.map((key) => unknownKey(kind, [...path, key], key, known, reading));
  }
  if (issue.code === "invalid_key") {
    const say = () => invalidKey(nodeAt(root, path.slice(0, -1)), path);
    return [{ path, at: reading.placeOf(path, "key"), say }];
  }
  const say = () => wrongValue(path, reading.at(path), nodeAt(root, path));
  return [{ path, at: reading.placeOf(path, "value"), say }];
}

function unknownKey(kind: FileKind, path: Path, key: string, known: string[], reading: Reading): Finding {
  const say = () => {
    if (kind === "repository" && path.length === 1 && accountOnly.has(key))
      return `The key ${quote(key)} belongs in the account config: move it to .github/liaison.yml of the account's ".github" repository.`;
    const meant = nearest(key, known);
    const remedy = meant ? `did you mean "${meant}"?` : `remove it, or use one of ${known.join(", ")}.`;
    return `Unknown key ${quote(key)}: ${remedy}`;
  };
  return { path, at: reading.placeOf(path, "key"), say };
}

const invalidKey = (mapping: SchemaNode | undefined, path: Path): string =>
  `${quote(String(path.at(-1)))} cannot be a key here: write ${expectation(mapping?.propertyNames)}.`;

function wrongValue(path: Path, value: unknown, node: SchemaNode | undefined): string {
  const name = path.length === 0 ? "The file" : nameOf(path);
  if (value === null || value === undefined)
    return `${name} is empty: give it ${expectation(node)}, or remove the line.`;
  if (Array.isArray(value) && node?.type === "array")
    return `${name} is an empty list: name somebody, or remove the key.`;
  const meant = meantBy(value, node);
  const remedy = meant === undefined ? "." : `: did you mean ${meant}?`;
  return `${name} must be ${expectation(node)}, not ${shown(value)}${remedy}`;
}

/** The last key on the way to a value, in quotes; an entry of a list by its list. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  return typeof last === "number" ? `An entry of ${nameOf(path.slice(0, -1))}` : quote(last ?? "");
}

const yes = new Set(["yes", "on", "y", "true"]);
const no = new Set(["no", "off", "n", "false"]);

function meantBy(value: unknown, node: SchemaNode | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  const word = value.toLowerCase();
  if (node?.type === "boolean") return yes.has(word) ? "true" : no.has(word) ? "false" : undefined;
  const meant = node?.enum && nearest(word, node.enum);
  return meant === undefined ? undefined : `"${meant}"`;
}

function shown(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "a mapping";
}

/**
 * A copy that fits the schema. Wrong keys and values go; a group that is wrong as a whole stays as an
 * empty one, so that nobody who names it is told that it does not exist, and entries of lists give way
 * to an example, so that the others keep their positions. The result only serves to find more mistakes.
 */
function mended(value: unknown, issues: readonly z.core.$ZodIssue[], root: SchemaNode): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    const path = pathOf(issue);
    if (issue.code === "unrecognized_keys") issue.keys.forEach((key) => put(copy, [...path, key], undefined));
    else put(copy, path, issue.code === "invalid_key" ? undefined : standIn(path, root));
  }
  return copy;
}

function standIn(path: Path, root: SchemaNode): unknown {
  if (path.length === 2 && path[0] === "groups") return null;
  return typeof path.at(-1) === "number" ? nodeAt(root, path)?.examples?.[0] : undefined;
}

function put(root: unknown, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce(childOf, root);
  const last = path.at(-1);
  if (typeof parent !== "object" || parent === null || last === undefined) return;
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
}
