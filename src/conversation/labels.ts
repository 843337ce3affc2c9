/**
 * Keeps the labels of organizations on the issue at hand in step with its links (config `labels`). It
 * goes by what is linked now, not by what was changed, so that it can be repeated after a crash. At
 * most one call to put labels on and one for each that has to go; none when all is well. Other issues
 * follow in the background (handle-labels.ts).
 */
import { hasEffect } from "../commands/outcome.js";
import type { RepositoryConfig } from "../config/config.js";
import { planLabels, type IssueLabels, type LabelPlan } from "../crm/issue-labels.js";
import { labelKey, organizationLabel } from "../crm/organization-label.js";
import { RefusedError } from "../github/errors.js";
import type { Installation, IssueRef } from "../github/github.js";
import type { LabelNote } from "../replies/reply.js";
import type { Section } from "../replies/section.js";
import type { Source } from "../store/documents.js";
import { issueKeyOf, type Lookups } from "./directory.js";
import type { Ground } from "./ground.js";

/** What is needed of a `Ground`. */
export interface LabelGround extends Pick<Ground, "place"> {
  readonly config: { readonly repository: Pick<RepositoryConfig, "labels"> };
  readonly source: Source | undefined;
  readonly installation: Pick<Installation, "addLabels" | "removeLabel">;
}

export interface LabelDependencies {
  readonly issueLabels: IssueLabels;
  readonly lookups: Pick<Lookups, "contactsByNumbers" | "organizationsByNumbers">;
}

/**
 * @param sections what was carried out; where nothing was, labels stay as they are
 * @returns what the reply has to say about labels
 */
export async function followLabels(
  sections: readonly Section[],
  ground: LabelGround,
  dependencies: LabelDependencies,
): Promise<LabelNote | undefined> {
  const outcomes = sections.flatMap((section) => (section.kind === "outcomes" ? section.outcomes : []));
  if (outcomes.length === 0) return undefined;
  const note = await matchLabels(ground, dependencies);
  return note === "public" && !outcomes.some(hasEffect) ? undefined : note;
}

/** Makes the labels of the issue what the config and the links ask for. */
export async function matchLabels(
  ground: LabelGround,
  dependencies: LabelDependencies,
): Promise<LabelNote | undefined> {
  const { config, place } = ground;
  const { organization: template, public: inPublic } = config.repository.labels;
  if (template === undefined) return undefined;
  if (place.repository.visibility === "public" && !inPublic) return "public";
  const plan = await compare(template, ground, dependencies);
  return plan && (await apply(plan, ground, dependencies));
}

async function compare(
  template: string,
  { place, source }: LabelGround,
  { issueLabels, lookups }: LabelDependencies,
): Promise<LabelPlan | undefined> {
  if (source === undefined) return undefined;
  const { contacts, labels, followed } = await issueLabels.find(issueKeyOf(place), source);
  if (!followed) await issueLabels.remember(issueKeyOf(place), labels);
  const people =
    contacts.length === 0 ? [] : [...(await lookups.contactsByNumbers(source, contacts)).values()];
  const employers = [...new Set(people.flatMap(({ organization }) => organization ?? []))];
  const named =
    employers.length === 0 ? [] : [...(await lookups.organizationsByNumbers(source, employers)).values()];
  const wanted = new Map(
    named
      .sort((a, b) => a.number - b.number)
      .flatMap(({ name }) => organizationLabel(template, name) ?? [])
      .map((label) => [labelKey(label), label]),
  );
  return planLabels(labels, [...wanted.values()], new Set((place.issue.labels ?? []).map(labelKey)));
}

async function apply(
  plan: LabelPlan,
  { place, installation }: LabelGround,
  { issueLabels }: LabelDependencies,
): Promise<LabelNote | undefined> {
  const issue: IssueRef = { repository: place.repository, number: place.issue.number };
  const facts = issueKeyOf(place);
  await issueLabels.remember(facts, plan.before);
  const refused = new Set<string>();
  if (plan.put.length > 0 && !(await isDone(() => installation.addLabels(issue, plan.put)))) {
    plan.put.forEach((name) => refused.add(name));
  }
  for (const name of plan.take) {
    if (!(await isDone(() => installation.removeLabel(issue, name)))) refused.add(name);
  }
  const done = plan.after.filter(({ name }) => !refused.has(name));
  const stuck = plan.before.filter(({ name, state }) => state === "taking" && refused.has(name));
  await issueLabels.remember(facts, [...done, ...stuck]);
  return refused.size > 0 ? "refused" : undefined;
}

/** Labels are an extra: where GitHub refuses one, the links stand and the reply says so. */
async function isDone(call: () => Promise<void>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof RefusedError) return false;
    throw error;
  }
}
