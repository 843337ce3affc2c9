/** Payloads that belong to no issue: pushes, and installations of the app. */
import { z } from "zod";
import { ignored, type Incoming } from "./incoming.js";
import { accountOf, id, name, user } from "./payload-parts.js";

const pushPayload = z.object({
  ref: z.string(),
  repository: z.object({
    id,
    name,
    default_branch: z.string(),
    owner: z.object({ id, login: name }),
  }),
});

const installationPayload = z.object({
  action: z.string(),
  installation: z.object({ id, account: user }),
});

export function readPush(payload: unknown): Incoming {
  const { data } = pushPayload.safeParse(payload);
  if (data === undefined) return ignored("payload");
  const { ref, repository: where } = data;
  if (ref !== `refs/heads/${where.default_branch}`) return ignored("branch");
  return {
    kind: "push",
    repository: { id: where.id, name: where.name },
    account: where.owner.id,
  };
}

export function readInstallation(payload: unknown): Incoming {
  const { data } = installationPayload.safeParse(payload);
  if (data === undefined) return ignored("payload");
  const { action, installation } = data;
  if (action === "deleted" || action === "suspend") {
    return { kind: "uninstalled", account: installation.account.id, installation: installation.id };
  }
  if (action === "created" || action === "unsuspend") {
    return { kind: "installed", account: accountOf(installation.account), installation: installation.id };
  }
  return ignored("action");
}
