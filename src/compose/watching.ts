/**
 * Puts stopwatches on the rooms: each wrapper does what it wraps and tells the watch how long it took.
 * Where nobody watches, nothing is wrapped.
 */
import type { Watch } from "../metrics/watch.js";
import type { Parser } from "../quick-actions/index.js";
import type { Collection, Store, StoredDocument } from "../store/store.js";
import type { Suggester } from "../suggest/suggester.js";

export function watchedParser(parser: Parser, watch: Pick<Watch, "parsed">): Parser {
  return {
    mayConcern: (text) => parser.mayConcern(text),
    parse(text, previous) {
      const started = performance.now();
      const result = parser.parse(text, previous);
      watch.parsed(secondsSince(started));
      return result;
    },
  };
}

export const watchedSuggester = (suggester: Suggester, watch: Pick<Watch, "suggested">): Suggester => ({
  async suggest(source, query, options) {
    const started = performance.now();
    const found = await suggester.suggest(source, query, options);
    watch.suggested(secondsSince(started));
    return found;
  },
});

/** The same store, every operation of its collections timed. */
export const watchedStore = (store: Store, watch: Pick<Watch, "stored">): Store => ({
  engine: store.engine,
  collection: <T extends StoredDocument>(name: string) => watchedCollection(store.collection<T>(name), watch),
  ping: () => store.ping(),
  close: () => store.close(),
});

function watchedCollection<T extends StoredDocument>(
  its: Collection<T>,
  watch: Pick<Watch, "stored">,
): Collection<T> {
  const timed = async <Result>(operation: string, run: () => Promise<Result>): Promise<Result> => {
    const started = performance.now();
    let succeeded = false;
    try {
      const result = await run();
      succeeded = true;
      return result;
    } finally {
      watch.stored(operation, succeeded, secondsSince(started));
    }
  };
  return {
    insertOne: (document) => timed("insert", () => its.insertOne(document)),
    findOne: (...asked) => timed("find_one", () => its.findOne(...asked)),
    find: (...asked) => timed("find", () => its.find(...asked)),
    updateOne: (...asked) => timed("update_one", () => its.updateOne(...asked)),
    updateMany: (...asked) => timed("update_many", () => its.updateMany(...asked)),
    findOneAndUpdate: (...asked) => timed("find_one_and_update", () => its.findOneAndUpdate(...asked)),
    deleteOne: (filter) => timed("delete_one", () => its.deleteOne(filter)),
    deleteMany: (filter) => timed("delete_many", () => its.deleteMany(filter)),
    count: (...asked) => timed("count", () => its.count(...asked)),
    bulk: (steps) => timed("bulk", () => its.bulk(steps)),
    sample: (...asked) => timed("sample", () => its.sample(...asked)),
  };
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
