/** GitHub's descriptions made fit for ajv: OpenAPI's `nullable` becomes JSON Schema's "null", references get a home. */
import type { ErrorObject } from "ajv";

/** Name under which the components of a description are known to ajv. */
export const home = "github";

/** Formats ajv does not know and that say nothing we could break. */
export const unknownFormats = ["uri-template", "repo.nwo", "timestamp"];

export function adapt(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(adapt);
  if (typeof node !== "object" || node === null) return node;
  const adapted: Adapted = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === "$ref" ? reference(value) : adapt(value)]),
  );
  const { nullable, ...rest } = adapted;
  // Anything but a boolean is a property that happens to have this name.
  if (typeof nullable !== "boolean") return adapted;
  return nullable ? orNull(rest) : rest;
}

interface Adapted {
  readonly nullable?: unknown;
  readonly type?: unknown;
  readonly enum?: unknown;
}

const reference = (value: unknown) =>
  typeof value === "string" ? value.replace(/^#\/components\//, `${home}#/components/`) : adapt(value);

function orNull(schema: Adapted) {
  if (typeof schema.type !== "string") return { anyOf: [{ type: "null" }, schema] };
  const values = Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {};
  return { ...schema, type: [schema.type, "null"], ...values };
}

/** What does not fit, a line each: the place in the document and what is wrong there. */
export function explain(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => {
    const detail = "additionalProperty" in params ? ` (${String(params.additionalProperty)})` : "";
    return `${instancePath || "/"} ${message ?? "does not fit"}${detail}`;
  });
}
