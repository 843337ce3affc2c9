/**
 * What merging and erasing records have in common: a line only says what would happen, with a box to
 * confirm it, and nothing happens before that is ticked. If one reference is unclear nothing is offered.
 */
import type { ReferenceArgument } from "../quick-actions/index.js";
import type { RecordKind as CrmKind } from "../crm/departures.js";
import type { Forecast } from "../crm/forecast.js";
import type { Deed } from "./deed.js";
import { maxDuplicates, type DepartureOutcome } from "./departure-outcome.js";
import type { Tools } from "./quick-action.js";
import type { Numbered } from "./record-arguments.js";
import type { RecordCall, RecordTools } from "./record-call.js";
import type { RecordKind, RecordOutcome } from "./record-outcome.js";
import { findRecord } from "./record-references.js";

/** What these lines ask for; neither of the two is carried out here. */
export interface DepartureTools extends RecordTools {
  readonly merges: Pick<Tools["merges"], "forecast">;
  readonly erasures: Pick<Tools["erasures"], "forecast">;
}

type Outcomes = readonly (DepartureOutcome | RecordOutcome | OneReference)[];

interface OneReference {
  readonly type: "one_reference";
  readonly kind: RecordKind;
}

export const crmKinds: Readonly<Record<RecordKind, CrmKind>> = {
  contact: "contacts",
  organization: "organizations",
};

/** `KEEP DUPLICATE …`: the first reference stays. */
export async function offerMerge(
  kind: RecordKind,
  call: RecordCall,
  tools: DepartureTools,
): Promise<Outcomes> {
  const found = await findAll(kind, call, tools);
  const unclear = found.filter((one) => typeof one !== "number");
  if (unclear.length > 0) return unclear;
  const [keep, ...duplicates] = new Set(found.filter((one) => typeof one === "number"));
  if (keep === undefined || duplicates.length === 0) return [{ type: "merge_unfit", kind, why: "too_few" }];
  if (duplicates.length > maxDuplicates) return [{ type: "merge_unfit", kind, why: "too_many" }];
  const forecast = await tools.merges.forecast(crmKinds[kind], { keep, duplicates }, call.source);
  const what = kind === "contact" ? "merge_contacts" : "merge_organizations";
  return [departure(kind, forecast, { do: what, keep, duplicates })];
}

/** Exactly one reference. */
export async function offerErasure(
  kind: RecordKind,
  call: RecordCall,
  tools: DepartureTools,
): Promise<Outcomes> {
  if (call.arguments.length !== 1) return [{ type: "one_reference", kind }];
  const [found] = await findAll(kind, call, tools);
  if (found === undefined) return [{ type: "one_reference", kind }];
  if (typeof found !== "number") return [found];
  const forecast = await tools.erasures.forecast(crmKinds[kind], found, call.source);
  const deed: Deed =
    kind === "contact"
      ? { do: "erase_contact", contact: found }
      : { do: "erase_organization", organization: found };
  return [departure(kind, forecast, deed)];
}

const departure = (
  kind: RecordKind,
  { issues, employed, fields }: Forecast,
  deed: Deed,
): DepartureOutcome => ({
  type: "departure",
  kind,
  forecast: { issues, employed, fields },
  offers: [{ deed }],
});

const findAll = (kind: RecordKind, call: RecordCall, tools: RecordTools) =>
  Promise.all(
    call.arguments.map((argument, index): Promise<number | RecordOutcome> => {
      const place = index + 1;
      if (argument.type === "reference") return findRecord(kind, numbered(argument, place), call, tools);
      return Promise.resolve({ type: "record_unclear", kind, why: "misfit", argument: place, near: [] });
    }),
  );

const numbered = (reference: ReferenceArgument, argument: number): Numbered<ReferenceArgument> => ({
  ...reference,
  argument,
});
