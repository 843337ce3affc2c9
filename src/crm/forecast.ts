/** What a merge or an erasure would change: counts and names of fields, for asking before it is done. */
import type { RecordDocument, Source } from "../store/documents.js";
import type { Store } from "../store/store.js";
import type { RecordKind } from "./departures.js";
import type { FieldName } from "./fields.js";
import { kinds, type KindRules, type Reach } from "./kinds.js";

export interface Forecast extends Required<Reach> {
  /** Of the records that would go, those that exist. */
  readonly leaving: readonly number[];
  /** Fields that the one that stays would take over. */
  readonly fields: readonly FieldName[];
}

const nothing: Forecast = { leaving: [], fields: [], issues: 0, employed: 0 };

/** @returns nothing to do when `keep` does not exist */
export function forecastMerge(
  store: Store,
  kind: RecordKind,
  source: Source,
  keep: number,
  duplicates: readonly number[],
): Promise<Forecast> {
  const others = [...new Set(duplicates)].filter((number) => number !== keep);
  return kind === "contacts"
    ? forecast(store, kind, kinds.contacts, source, others, keep)
    : forecast(store, kind, kinds.organizations, source, others, keep);
}

export function forecastErasure(
  store: Store,
  kind: RecordKind,
  source: Source,
  number: number,
): Promise<Forecast> {
  return kind === "contacts"
    ? forecast(store, kind, kinds.contacts, source, [number])
    : forecast(store, kind, kinds.organizations, source, [number]);
}

async function forecast<T extends RecordDocument>(
  store: Store,
  kind: RecordKind,
  rules: KindRules<T>,
  source: Source,
  numbers: readonly number[],
  keep?: number,
): Promise<Forecast> {
  const { account, group } = source;
  const asked = [...numbers, ...(keep === undefined ? [] : [keep])];
  const found = await store
    .collection<T>(kind)
    .find({ account, group, number: { $in: asked } }, { limit: asked.length });
  const staying = found.find(({ number }) => number === keep);
  if (keep !== undefined && staying === undefined) return nothing;
  const leaving = numbers.flatMap((number) => found.find((record) => record.number === number) ?? []);
  const present = leaving.map(({ number }) => number);
  const { issues = 0, employed = 0 } = await rules.reach(store, source, present);
  const fields = staying === undefined ? [] : rules.fieldsFilled(staying, leaving);
  return { leaving: present, fields, issues, employed };
}
