/** A store that counts what is asked of it: the same on every engine, for it stands before them. */

/** @returns the store, and how many calls were made and documents returned so far */
export function counting(store) {
  const counts = { calls: 0, documents: 0 };
  const counted =
    (method) =>
    async (...args) => {
      counts.calls++;
      const found = await method(...args);
      counts.documents += Array.isArray(found) ? found.length : found === undefined ? 0 : 1;
      return found;
    };
  const collection = (name) =>
    new Proxy(store.collection(name), {
      get: (target, key) =>
        typeof target[key] === "function" ? counted(target[key].bind(target)) : target[key],
    });
  return { store: { ...store, engine: store.engine, collection }, counts };
}
