/**
 * Do a request and its answer fit GitHub's OpenAPI description? A request must name an operation
 * that exists; its body must fit, unless it was refused; the answer must fit the schema of its
 * status. Faults made on purpose are not looked at.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import type { Exchange } from "../../src/sandbox/github/index.js";
import { Schemas } from "./json-schema.js";

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
  readonly components: {
    readonly responses: Readonly<Record<string, Answer>>;
    readonly schemas: Readonly<Record<string, object>>;
  };
}

/** Any operation may answer so without listing it: not modified, moved, refused, not there, gone. */
const unlisted = [301, 304, 307, 400, 401, 403, 404, 410, 422];
const errorSchema = { $ref: "#/components/schemas/basic-error" };
const file = "@octokit/openapi/generated/api.github.com.json";

let loaded: ReturnType<typeof load> | undefined;

/** What does not fit, a line each; empty when all is well. The description is read at the first call. */
export function exchangeProblems(exchange: Exchange): string[] {
  if (exchange.isFault) return [];
  const { method, status } = exchange;
  // Where redirects lead; the same operations, by id instead of name.
  const path = exchange.path.replace(/^\/repositories\/\d+/, "/repos/owner/name");
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
  return sent === undefined ? [] : description().schemas.problems(`${name} request`, schema, sent);
}

function answerProblems(name: string, operation: Operation, exchange: Exchange): string[] {
  const { status, responseBody, responseHeaders } = exchange;
  const answer = resolve(operation.responses[String(status)]);
  if (!answer && !unlisted.includes(status)) return ["GitHub does not answer with this status"];
  if (status === 204 || status === 304) return responseBody === "" ? [] : ["the answer must have no body"];
  if (!(responseHeaders["content-type"] ?? "").startsWith("application/json")) return [];
  const schema = answer?.content?.["application/json"]?.schema;
  if (!schema && status < 400) return [];
  return description().schemas.problems(
    `${name} ${schema ? status : "error"}`,
    schema ?? errorSchema,
    JSON.parse(responseBody),
  );
}

function resolve(answer: Answer | undefined): Answer | undefined {
  const name = answer?.$ref?.split("/").at(-1);
  return name === undefined ? answer : description().responses[name];
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
  const { components, paths } = JSON.parse(readFileSync(path, "utf8")) as Description;
  const variables = (template: string) => template.split("{").length;
  const templates = Object.entries(paths)
    .sort(([a], [b]) => variables(a) - variables(b))
    .map(([template, operations]) => ({ path: template, operations, pattern: toPattern(template) }));
  const ajv = new Ajv({ strict: false, allErrors: true });
  return { templates, responses: components.responses, schemas: new Schemas(ajv, components.schemas) };
}

/** `{path}` stands for any number of parts, also written with `%2F`. */
function toPattern(template: string): RegExp {
  const source = template.replace(/\./g, "\\.").replace(/\{(\w+)\}/g, (_, name: string) => {
    return name === "path" ? ".*" : "[^/]+";
  });
  return new RegExp(`^${source}$`);
}
