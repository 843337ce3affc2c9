/**
 * The schema's indexes on a MongoDB server. Ours have a prefix in their names; those of ours that the
 * schema no longer has are dropped, anybody else's are left alone. Several processes may do this at once.
 */
import { MongoServerError, type Db, type IndexDescription } from "mongodb";

import type { IndexDefinition } from "../store.js";
import type { IndexFields } from "./errors.js";

const PREFIX = "liaison_";
const NAMESPACE_NOT_FOUND = 26;
const INDEX_NOT_FOUND = 27;

/** Says all that the server must know, so that a changed definition is another index. No white space. */
function indexName({ fields, unique, whenExists }: IndexDefinition): string {
  const kind = [unique === true ? "_unique" : "", whenExists === undefined ? "" : `_when_${whenExists}`];
  return `${PREFIX}${fields.join("_")}${kind.join("")}`;
}

const describe = (definition: IndexDefinition): IndexDescription => ({
  name: indexName(definition),
  key: new Map(definition.fields.map((field) => [field, 1])),
  ...(definition.unique === true && { unique: true }),
  ...(definition.whenExists !== undefined && {
    partialFilterExpression: { [definition.whenExists]: { $exists: true } },
  }),
});

export const fieldsByName = (indexes: readonly IndexDefinition[]): IndexFields =>
  new Map(indexes.map((definition) => [indexName(definition), definition.fields]));

/** Drops ours that are gone, then creates what is missing (with nothing missing, a no-op on the server). */
export async function bringToSchema(
  database: Db,
  name: string,
  indexes: readonly IndexDefinition[],
): Promise<void> {
  const collection = database.collection(name);
  const wanted = fieldsByName(indexes);
  for (const index of await presentIndexes(database, name))
    if (index.startsWith(PREFIX) && !wanted.has(index))
      await collection.dropIndex(index).catch(unlessCode(INDEX_NOT_FOUND));
  if (indexes.length > 0) await collection.createIndexes(indexes.map(describe));
}

/** Names of all indexes of a collection; none where it is not there. */
export async function presentIndexes(database: Db, name: string): Promise<string[]> {
  const cursor = database.collection(name).listIndexes();
  const indexes = (await cursor.toArray().catch(unlessCode(NAMESPACE_NOT_FOUND))) as
    readonly { readonly name?: unknown }[] | undefined;
  return (indexes ?? []).flatMap((index) => (typeof index.name === "string" ? [index.name] : []));
}

const unlessCode =
  (code: number) =>
  (error: unknown): undefined => {
    if (error instanceof MongoServerError && error.code === code) return undefined;
    throw error;
  };
