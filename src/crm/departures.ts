/**
 * The list of records that are being merged or erased: one document per account and kind, so that two
 * merges that cross each other cannot both begin. What stands in it is decided; whoever finds it in the
 * way, or tries again after a crash, carries it through (leave.ts) instead of waiting for somebody.
 */
import type { Departure, DeparturesDocument, Source } from "../store/documents.js";
import { DuplicateKeyError, type Store } from "../store/store.js";

export type RecordKind = "contacts" | "organizations";

export interface Departures {
  /**
   * Puts a departure on the list, or finds it there.
   * @returns undefined, or one that is in its way and has to be carried through first
   */
  open(source: Source, departure: Departure): Promise<Departure | undefined>;
  /** Takes it off the list. */
  close(source: Source, departure: Departure): Promise<void>;
}

/** A conditional write is lost at most this often before something else must be wrong. */
const maxRaces = 100;

/** The departure of a record: into another one of its source, or for good. */
export const departureOf = ({ group }: Source, number: number, into?: number): Departure => ({
  what: `${number}>${into ?? ""}`,
  group,
  number,
  ...(into !== undefined && { into }),
});

export function createDepartures(store: Store, kind: RecordKind): Departures {
  const lists = store.collection<DeparturesDocument>("departures");
  const listId = (account: number) => `${account}:${kind}`;

  const add = async (account: number, before: DeparturesDocument | undefined, departure: Departure) => {
    const _id = listId(account);
    if (before === undefined) return insert({ _id, account, version: 1, open: [departure] });
    const { matched } = await lists.updateOne(
      { _id, version: before.version },
      { $set: { open: [...before.open, departure] }, $inc: { version: 1 } },
    );
    return matched === 1;
  };

  const insert = async (list: DeparturesDocument) => {
    try {
      await lists.insertOne(list);
      return true;
    } catch (error) {
      if (error instanceof DuplicateKeyError) return false;
      throw error;
    }
  };

  return {
    async open({ account }, departure) {
      for (let race = 0; race < maxRaces; race++) {
        const before = await lists.findOne({ _id: listId(account) });
        const listed = before?.open ?? [];
        if (listed.some(({ what }) => what === departure.what)) return undefined;
        const inTheWay = listed.find((other) => collide(other, departure));
        if (inTheWay !== undefined) return inTheWay;
        if (await add(account, before, departure)) return undefined;
      }
      throw new Error(`the departures of account ${account} kept changing under a conditional write`);
    },

    async close({ account }, { what }) {
      await lists.updateOne(
        { _id: listId(account), "open.what": what },
        { $pull: { open: { what } }, $inc: { version: 1 } },
      );
    },
  };
}

/** What leaves can be no other departure's goal, nor leave twice. Several may leave into the same record. */
const collide = (a: Departure, b: Departure): boolean =>
  a.number === b.number || a.into === b.number || a.number === b.into;
