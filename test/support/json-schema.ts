/**
 * GitHub's descriptions made fit for ajv: OpenAPI's `nullable` becomes JSON Schema's "null", and a
 * component is only looked at when something refers to it (there are a thousand).
 */
import type { Ajv, ErrorObject, ValidateFunction } from "ajv";
import type { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const prefix = "#/components/schemas/";
/** Formats ajv does not know and that say nothing we could break. */
const unknownFormats = ["uri-template", "repo.nwo", "timestamp"];

export class Schemas {
  readonly #ajv: Ajv | Ajv2020;
  readonly #components: Readonly<Record<string, object>>;
  readonly #added = new Set<string>();
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @param components the `components.schemas` of a description */
  constructor(ajv: Ajv | Ajv2020, components: Readonly<Record<string, object>>) {
    formats.default(ajv);
    for (const format of unknownFormats) ajv.addFormat(format, true);
    this.#ajv = ajv;
    this.#components = components;
  }

  /** What does not fit, a line each: the place in the document and what is wrong there. `key` names the schema. */
  problems(key: string, schema: object, value: unknown): string[] {
    let validate = this.#compiled.get(key);
    if (!validate) {
      validate = this.#ajv.compile(this.#adapt(schema) as object);
      this.#compiled.set(key, validate);
    }
    return validate(value) ? [] : explain(validate.errors ?? []);
  }

  #adapt(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((one) => this.#adapt(one));
    if (typeof node !== "object" || node === null) return node;
    const adapted: Adapted = Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        key === "$ref" && typeof value === "string" ? this.#reference(value) : this.#adapt(value),
      ]),
    );
    const { nullable, ...rest } = adapted;
    // Anything but a boolean is a property that happens to have this name.
    if (typeof nullable !== "boolean") return adapted;
    return nullable ? orNull(rest) : rest;
  }

  #reference(reference: string): string {
    const name = reference.replace(prefix, "");
    const id = `urn:github:${name}`;
    if (this.#added.has(name)) return id;
    this.#added.add(name);
    this.#ajv.addSchema({ $id: id, allOf: [this.#adapt(this.#components[name])] });
    return id;
  }
}

interface Adapted {
  readonly nullable?: unknown;
  readonly type?: unknown;
  readonly enum?: unknown;
}

function orNull(schema: Adapted) {
  if (typeof schema.type !== "string") return { anyOf: [{ type: "null" }, schema] };
  const values = Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {};
  return { ...schema, type: [schema.type, "null"], ...values };
}

function explain(errors: readonly ErrorObject[]): string[] {
  return errors.map(({ instancePath, message, params }) => {
    const detail = "additionalProperty" in params ? ` (${String(params.additionalProperty)})` : "";
    return `${instancePath || "/"} ${message ?? "does not fit"}${detail}`;
  });
}
