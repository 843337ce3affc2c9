/** What most of GitHub's payloads are made of, as far as it is used. */
import { z } from "zod";
import type { Account } from "../conversation/event.js";

/** GitHub counts from 1; a number that is not exact would be somebody else's id. */
export const id = z.int().positive();
/** Goes into addresses of GitHub's API: `dana`, `dependabot[bot]`, `.github`. */
export const name = z.string().regex(/^[\w.-]{1,100}(\[bot\])?$/);
export const time = z.iso.datetime({ offset: true });

export const user = z.object({ id, login: name, type: z.string() });

export const accountOf = ({ id, login, type }: z.infer<typeof user>): Account => ({
  id,
  login,
  type: type === "Organization" ? "Organization" : "User",
});
