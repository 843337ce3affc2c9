/**
 * `installation_target.renamed`: an account that has the app is called otherwise from now on. It comes to every
 * app unasked, for organizations and users alike, so that `organization.renamed`, which says the same, is not needed.
 */
import { z } from "zod";
import { ignored, type Incoming } from "./incoming.js";
import { id, name } from "./payload-parts.js";

const renamedPayload = z.object({
  action: z.literal("renamed"),
  account: z.object({ id, login: name }),
  changes: z.object({ login: z.object({ from: z.string() }) }),
  installation: z.object({ id }),
});

/** @returns ignored also where only the slug of something without a login was changed */
export function readRename(payload: unknown): Incoming {
  const { data } = renamedPayload.safeParse(payload);
  if (data === undefined) return ignored("payload");
  const { account, installation } = data;
  return {
    kind: "renamed",
    account: { id: account.id, login: account.login },
    installation: installation.id,
  };
}
