/** The answers every route knows: GitHub's errors, and pages of a list. Errors are thrown, so that routes stay straight. */
import type { Answer, Question } from "./route.js";

/** An answer that ends the handling of a question. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`${answer.status}`);
  }
}

const documentation = "https://docs.github.com/rest";

export function refuse(status: number, message: string): Refusal {
  return new Refusal({
    status,
    body: { message, documentation_url: documentation, status: String(status) },
  });
}

export const notFound = () => refuse(404, "Not Found");

/** 422 in GitHub's dialect. `message` is what is wrong with the field. */
export function invalid(resource: string, field: string, message: string): Refusal {
  const errors = [{ resource, code: "custom", field, message }];
  return new Refusal({
    status: 422,
    body: { message: "Validation Failed", errors, documentation_url: documentation, status: "422" },
  });
}

/** A whole number from a path or a query; anything else is a 404, as on GitHub. */
export function wholeNumber(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

/** One page of a list, with GitHub's `Link` header. `per_page` is 30 unless asked, at most 100. */
export function page<T>(question: Question, all: readonly T[], shape: (one: T) => unknown): Answer {
  const { query, url, path } = question;
  const size = clamp(query.get("per_page"), 30, 100);
  const current = clamp(query.get("page"), 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (number: number, rel: string) => {
    const to = new URLSearchParams(query);
    to.set("page", String(number));
    return `<${url}${path}?${to.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link(current - 1, "prev"), link(1, "first")] : []),
    ...(current < last ? [link(current + 1, "next"), link(last, "last")] : []),
  ];
  const body = all.slice((current - 1) * size, current * size).map(shape);
  return { status: 200, body, ...(links.length > 0 ? { headers: { link: links.join(", ") } } : {}) };
}

function clamp(text: string | null, normal: number, most: number): number {
  const number = Number(text ?? normal);
  return Number.isInteger(number) && number > 0 ? Math.min(number, most) : normal;
}
