/** Does a webhook payload fit GitHub's own description of it? */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { adapt, explain, home, unknownFormats } from "./json-schema.js";

interface Description {
  readonly components: unknown;
  readonly webhooks: Readonly<
    Record<
      string,
      { readonly post: { readonly requestBody: { readonly content: Record<string, { schema: object }> } } }
    >
  >;
}

const file = "@octokit/openapi-webhooks/generated/api.github.com.json";
const compiled = new Map<string, ValidateFunction>();
let loaded: { readonly ajv: Ajv2020; readonly description: Description } | undefined;

/** What does not fit, a line each; empty when all is well. The first call takes about a third of a second. */
export function webhookProblems(event: string, payload: Readonly<Record<string, unknown>>): string[] {
  const { action } = payload;
  const name = [event, ...(typeof action === "string" ? [action] : [])].join("-").replaceAll("_", "-");
  const validate = validator(name);
  if (!validate) return [`GitHub sends no webhook ${name}`];
  return validate(payload) ? [] : explain(validate.errors).map((line) => `webhook ${name}: ${line}`);
}

function validator(name: string): ValidateFunction | undefined {
  const known = compiled.get(name);
  if (known) return known;
  loaded ??= load();
  const schema = loaded.description.webhooks[name]?.post.requestBody.content["application/json"]?.schema;
  if (!schema) return undefined;
  const validate = loaded.ajv.compile(adapt(schema) as object);
  compiled.set(name, validate);
  return validate;
}

function load() {
  const path = createRequire(import.meta.url).resolve(file);
  const description = JSON.parse(readFileSync(path, "utf8")) as Description;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const format of unknownFormats) ajv.addFormat(format, true);
  ajv.addSchema({ $id: home, components: adapt(description.components) });
  return { ajv, description };
}
