/** Where GitHub's JSON points to, and the opaque node ids. The addresses are GitHub's own, as in real payloads. */
export const api = "https://api.github.com";
export const web = "https://github.com";

/** An opaque id in the style of GitHub's: the kind, then the number in disguise. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;
}
