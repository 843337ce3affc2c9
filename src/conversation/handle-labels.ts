/**
 * The labels of an issue follow what was changed elsewhere: an organization's name, a contact's
 * organization, a merge, an erasure. By the config that is in force now; where that asks for no labels,
 * or the issue has moved away, nothing is done. Can be repeated.
 */
import { GoneError } from "../github/errors.js";
import type { Conversation } from "./conversation.js";
import type { LabelsEvent } from "./event.js";
import { findSettings } from "./ground.js";
import { matchLabels } from "./labels.js";
import type { Verdict } from "./verdict.js";

export async function handleLabels(event: LabelsEvent, conversation: Conversation): Promise<Verdict> {
  const settings = await findSettings(event.place, conversation);
  if (settings === "off" || settings.config.repository.labels.organization === undefined) return "off";
  const { repository, issue } = event.place;
  const seen = await settings.installation.lookAt({ repository, number: issue.number });
  if (seen.repository !== repository.id || seen.issue !== issue.id)
    throw new GoneError("the issue moved away");
  const place = {
    ...event.place,
    repository: { ...repository, visibility: seen.visibility },
    issue: { ...issue, labels: seen.labels },
  };
  const outcome = await matchLabels({ ...settings, place }, conversation);
  return outcome === "public" ? "off" : "answered";
}
