/** Does a webhook payload fit GitHub's own description of it? */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Schemas } from "./json-schema.js";

interface Webhook {
  readonly post: {
    readonly requestBody: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  };
}

interface Description {
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
  readonly webhooks: Readonly<Record<string, Webhook>>;
}

const file = "@octokit/openapi-webhooks/generated/api.github.com.json";
let loaded: ReturnType<typeof load> | undefined;

/** What does not fit, a line each; empty when all is well. The description is read at the first call. */
export function webhookProblems(event: string, payload: Readonly<Record<string, unknown>>): string[] {
  const { action } = payload;
  const name = [event, ...(typeof action === "string" ? [action] : [])].join("-").replaceAll("_", "-");
  const { schemas, webhooks } = (loaded ??= load());
  const schema = webhooks[name]?.post.requestBody.content["application/json"]?.schema;
  if (!schema) return [`GitHub sends no webhook ${name}`];
  return schemas.problems(name, schema, payload).map((line) => `webhook ${name}: ${line}`);
}

function load() {
  const path = createRequire(import.meta.url).resolve(file);
  const { components, webhooks } = JSON.parse(readFileSync(path, "utf8")) as Description;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  return { webhooks, schemas: new Schemas(ajv, components.schemas) };
}
