/** JSON as GitHub writes it: ids beyond 2^53 are plain numbers, which `JSON.stringify` cannot write. */
const mark = "\u0000bigint:";
const marked = /"\\u0000bigint:(\d+)"/g;

/** The bytes of an answer: bytes and text as they are, anything else as JSON, nothing for undefined. */
export function encode(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  const json = JSON.stringify(body, (_, value: unknown) =>
    typeof value === "bigint" ? `${mark}${String(value)}` : value,
  );
  return Buffer.from(json.replace(marked, "$1"));
}

/** Parsed, or the text itself where it is no JSON. */
export function toJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
