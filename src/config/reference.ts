/**
 * The reference of all config keys as Markdown, made from the schema's own descriptions, so that the
 * README cannot say anything else than the schema.
 */
import { expectation, schemaOf, type SchemaNode } from "./json-schema.js";
import { accountOnly } from "./schema.js";

/** Two tables: what any file may hold, and what only the account config may. */
export function configReference(): string {
  const keys = Object.entries(schemaOf.account.properties ?? {});
  const rowsOf = (wanted: boolean) =>
    keys.filter(([key]) => accountOnly.has(key) === wanted).flatMap(([key, node]) => rows(key, node));
  return [
    "**In a repository's `.github/liaison.yml`**",
    table(rowsOf(false)),
    "**Also in the account config**, `.github/liaison.yml` of the account's `.github` repository",
    table(rowsOf(true)),
  ].join("\n\n");
}

const table = (lines: readonly string[]): string =>
  ["| key | value | default | meaning |", "|---|---|---|---|", ...lines].join("\n");

function rows(key: string, node: SchemaNode): string[] {
  const row = `| \`${key}\` | ${cell(valueOf(node))} | ${cell(defaultOf(node))} | ${cell(meaningOf(node))} |`;
  return [row, ...(key === "defaults" ? [] : childrenOf(key, node))];
}

/** `defaults` holds the keys of the first table again: they are not repeated. */
function childrenOf(key: string, node: SchemaNode): string[] {
  const entry = node.additionalProperties ? node.additionalProperties.anyOf?.[0] : undefined;
  if (entry) return childrenOf(`${key}.<group>`, entry);
  return Object.entries(node.properties ?? {}).flatMap(([child, inner]) => rows(`${key}.${child}`, inner));
}

function valueOf(node: SchemaNode): string {
  if (node.items) return `a list; each entry ${expectation(node.items)}`;
  if (node.additionalProperties && !node.additionalProperties.anyOf)
    return `a mapping of names; each value ${expectation(node.additionalProperties)}`;
  return expectation(node);
}

const defaultOf = (node: SchemaNode): string =>
  node.default === undefined ? "" : `\`${JSON.stringify(node.default).replaceAll('"', "")}\``;

const meaningOf = (node: SchemaNode): string => (node.description ?? "").replace("Account config only. ", "");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
