/**
 * Do a request and its answer fit GitHub's OpenAPI description? A request must name an operation
 * that exists; its body must fit, unless it was refused; the answer must fit the schema of its
 * status. Faults made on purpose are not looked at.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Exchange } from "../../src/sandbox/github/index.js";
import { adapt, explain, home, unknownFormats } from "./json-schema.js";

type Content = Readonly<Record<string, { readonly schema?: object }>>;

interface Answer {
  readonly $ref?: string;
  readonly content?: Content;
}

interface Operation {
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Answer>> };
}

/** Any operation may answer so without listing it: not modified, moved, refused, not there, gone. */
const unlisted = [301, 304, 400, 401, 403, 404, 410, 422];
const errorSchema = { $ref: `${home}#/components/schemas/basic-error` };
const file = "@octokit/openapi/generated/api.github.com.json";

const compiled = new Map<string, ValidateFunction>();
let loaded: ReturnType<typeof load> | undefined;

/** What does not fit, a line each; empty when all is well. The first call takes about half a second. */
export function exchangeProblems(exchange: Exchange): string[] {
  if (exchange.isFault) return [];
  const { method, path, status } = exchange;
  const found = findOperation(method, path);
  if (!found) return [`GitHub has no operation ${method} ${path}`];
  const [name, operation] = found;
  const problems = [
    ...(status < 400 ? requestProblems(name, operation, exchange) : []),
    ...answerProblems(name, operation, exchange),
  ];
  return problems.map((problem) => `${name} ${status}: ${problem}`);
}

function requestProblems(
  name: string,
  { requestBody }: Operation,
  { requestBody: sent }: Exchange,
): string[] {
  const schema = requestBody?.content["application/json"]?.schema;
  if (!schema) return sent === undefined || requestBody ? [] : ["the request has a body, but takes none"];
  return sent === undefined ? [] : fits(`${name} request`, schema, sent);
}

function answerProblems(name: string, operation: Operation, exchange: Exchange): string[] {
  const { status, responseBody, responseHeaders } = exchange;
  const answer = resolve(operation.responses[String(status)]);
  if (!answer && !unlisted.includes(status)) return ["GitHub does not answer with this status"];
  if (status === 204 || status === 304) return responseBody === "" ? [] : ["the answer must have no body"];
  if (!(responseHeaders["content-type"] ?? "").startsWith("application/json")) return [];
  const schema = answer?.content?.["application/json"]?.schema;
  if (!schema && status < 400) return [];
  return fits(`${name} ${schema ? status : "error"}`, schema ?? errorSchema, JSON.parse(responseBody));
}

function resolve(answer: Answer | undefined): Answer | undefined {
  const name = answer?.$ref?.split("/").at(-1);
  return name === undefined ? answer : description().description.components.responses[name];
}

function fits(key: string, schema: object, value: unknown): string[] {
  let validate = compiled.get(key);
  if (!validate) compiled.set(key, (validate = description().ajv.compile(adapt(schema) as object)));
  return validate(value) ? [] : explain(validate.errors);
}

function findOperation(method: string, path: string): readonly [string, Operation] | undefined {
  const template = description().templates.find(
    ({ pattern, operations }) => pattern.test(path) && operations[method.toLowerCase()],
  );
  const operation = template?.operations[method.toLowerCase()];
  return template && operation ? [`${method} ${template.path}`, operation] : undefined;
}

const description = () => (loaded ??= load());

function load() {
  const path = createRequire(import.meta.url).resolve(file);
  const parsed = JSON.parse(readFileSync(path, "utf8")) as Description;
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const format of unknownFormats) ajv.addFormat(format, true);
  ajv.addSchema({ $id: home, components: adapt(parsed.components) });
  const variables = (template: string) => template.split("{").length;
  const templates = Object.entries(parsed.paths)
    .sort(([a], [b]) => variables(a) - variables(b))
    .map(([template, operations]) => ({ path: template, operations, pattern: toPattern(template) }));
  return { ajv, description: parsed, templates };
}

/** `{path}` stands for any number of parts, also written with `%2F`. */
function toPattern(template: string): RegExp {
  const source = template.replace(/\./g, "\\.").replace(/\{(\w+)\}/g, (_, name: string) => {
    return name === "path" ? ".*" : "[^/]+";
  });
  return new RegExp(`^${source}$`);
}
