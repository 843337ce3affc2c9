/** What a route of the local GitHub is: method, path template, who may ask, and a handler of plain values. */
import type { JsonObject, Token } from "../records.js";
import type { World } from "../world.js";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export interface Question {
  readonly method: string;
  readonly world: World;
  /** Decoded parts of the path, by their names in the template. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body; an empty object when there is none. */
  readonly body: JsonObject;
  readonly accept: string;
  /** Address of this server, for links to itself. */
  readonly url: string;
  /** The path as it was asked, without query. */
  readonly path: string;
}

/** Who asks, as the Authorization header proves. */
export type Asker =
  | { readonly kind: "nobody" }
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly token: Token };

export interface Answer {
  readonly status: number;
  /** JSON unless it is a string (raw text) or bytes; undefined for no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Common {
  readonly method: Method;
  /** `{name}` is one part of the path, `{path}` the rest of it. */
  readonly path: string;
}

export type Route =
  | (Common & { readonly by: "anybody"; readonly handle: (question: Question) => Answer })
  | (Common & { readonly by: "app"; readonly handle: (question: Question) => Answer })
  | (Common & {
      readonly by: "installation";
      readonly handle: (question: Question, token: Token) => Answer;
    });

/** The parts of the path where it fits the template. `{path}` takes slashes and `%2F` alike. */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = template.replace(/[.]/g, "\\.").replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return name === "path" ? "(.*)" : "([^/]+)";
  });
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]));
}
