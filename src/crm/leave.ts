/**
 * Carries departures through (DESIGN §3.3, merging and erasing). The record is marked first, so that
 * whoever links or employs it from then on puts it right; then everything that names it is redirected,
 * its successor takes over what it lacks, and it is deleted. Every step can be repeated, and a crash
 * between any two leaves the departure on the list (departures.ts) for the next one who comes by.
 */
import type { Departure, RecordDocument, Source } from "../store/documents.js";
import { DuplicateKeyError, type Store } from "../store/store.js";
import { createDepartures, departureOf, type RecordKind } from "./departures.js";
import { kinds, type KindRules } from "./kinds.js";
import { moveHistory } from "./move-history.js";

const maxRaces = 100;

/** Where and when: what all steps of a departure need. */
interface Place<T extends RecordDocument> {
  readonly store: Store;
  readonly kind: RecordKind;
  readonly rules: KindRules<T>;
  readonly source: Source;
  readonly now: () => Date;
}

/**
 * Makes a record leave: into another one of its source, or for good. Departures that are in the way
 * are carried through first. Repeating it after a crash, or at the same time, does it once.
 * @returns false when the record it should go into does not exist
 */
export async function leave(
  store: Store,
  kind: RecordKind,
  source: Source,
  { number, into }: { readonly number: number; readonly into?: number },
  now: () => Date,
): Promise<boolean> {
  const departure = departureOf(source, number, into);
  const departures = createDepartures(store, kind);
  for (let race = 0; race < maxRaces; race++) {
    const inTheWay = await departures.open(source, departure);
    const first = inTheWay ?? departure;
    const place = { store, kind, source: { ...source, group: first.group }, now };
    const left = await (kind === "contacts"
      ? carryThrough({ ...place, rules: kinds.contacts }, first)
      : carryThrough({ ...place, rules: kinds.organizations }, first));
    await departures.close(source, first);
    if (inTheWay === undefined) return left;
  }
  throw new Error(`departures of ${kind} ${source.account}:${number} kept coming in the way`);
}

async function carryThrough<T extends RecordDocument>(
  place: Place<T>,
  { number, into }: Departure,
): Promise<boolean> {
  const { store, kind, rules, source, now } = place;
  // The list lets nobody leave whom others are leaving into: who is missing was so before.
  if (into !== undefined && (await find(place, into)) === undefined) return false;
  await mark(place, number, into);
  await rules.redirect(store, source, number, into, now);
  if (into !== undefined) {
    await fill(place, number, into);
    await moveHistory(store, kind, source, number, into);
  }
  await records(place).deleteOne({ ...key(source, number), leaving: { $exists: true } });
  return true;
}

/** Frees the address in the same write; `email` keeps it for the successor. */
async function mark<T extends RecordDocument>(
  place: Place<T>,
  number: number,
  into: number | undefined,
): Promise<void> {
  const leaving = { since: place.now(), ...(into !== undefined && { into }) };
  await records(place).updateOne(
    { ...key(place.source, number), leaving: { $exists: false } },
    { $set: { leaving }, $unset: { emailKey: true } },
  );
}

/** In one write with the number of the duplicate: what is cleared later on is not filled once more. */
async function fill<T extends RecordDocument>(place: Place<T>, number: number, into: number): Promise<void> {
  const { store, rules, now } = place;
  let withUnique = true;
  for (let race = 0; race < maxRaces; race++) {
    const [keep, duplicate] = [await find(place, into), await find(place, number)];
    if (keep === undefined) return;
    if (duplicate === undefined || keep.mergedFrom?.includes(number)) {
      await rules.settle(store, keep, now);
      return;
    }
    try {
      const update = rules.fill(keep, duplicate, withUnique, now());
      await records(place).updateOne({ _id: keep._id, updatedAt: keep.updatedAt }, update);
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error;
      withUnique = await freeAgain(place, number);
    }
  }
  throw new Error(`${place.kind} ${place.source.account}:${into} kept changing under a conditional write`);
}

/** An import may have given the duplicate its address back. @returns whether it had; else somebody else has it */
async function freeAgain<T extends RecordDocument>(place: Place<T>, number: number): Promise<boolean> {
  const { matched } = await records(place).updateOne(
    { ...key(place.source, number), emailKey: { $exists: true } },
    { $unset: { emailKey: true } },
  );
  return matched === 1;
}

const key = ({ account, group }: Source, number: number) => ({ account, group, number });

const records = <T extends RecordDocument>({ store, kind }: Place<T>) => store.collection<T>(kind);

const find = <T extends RecordDocument>(place: Place<T>, number: number): Promise<T | undefined> =>
  records(place).findOne(key(place.source, number));
