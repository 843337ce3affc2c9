/**
 * Organizations that earlier rows of an import named: lists are mostly about few companies, so that most
 * need not be read again. What it remembers may have been merged or erased since; every write looks
 * afterwards whether an organization stays (crm/reassign.ts), and those that do not are forgotten.
 */

export interface NamedOrganization {
  readonly name: string;
  /** The folded name. */
  readonly key: string;
}

export interface KnownEmployers {
  /** Divides names into those whose numbers are known, by folded name, and the others. */
  sort<T extends NamedOrganization>(
    named: readonly T[],
  ): { readonly known: ReadonlyMap<string, number>; readonly unknown: readonly T[] };
  /** @param numbers by folded name */
  remember(numbers: ReadonlyMap<string, number>): void;
  /** @param gone numbers of organizations that are merged, erased or about to be */
  forget(gone: ReadonlySet<number>): void;
}

/** @param capacity how many are remembered; the latest ones stay */
export function createKnownEmployers(capacity = 5000): KnownEmployers {
  const numbers = new Map<string, number>();

  return {
    sort(named) {
      const known = new Map<string, number>();
      const unknown = named.filter(({ key }) => {
        const number = numbers.get(key);
        if (number !== undefined) known.set(key, number);
        return number === undefined;
      });
      return { known, unknown };
    },

    remember(found) {
      for (const [key, number] of found) numbers.set(key, number);
      for (const oldest of numbers.keys()) {
        if (numbers.size <= capacity) break;
        numbers.delete(oldest);
      }
    },

    forget(gone) {
      if (gone.size === 0) return;
      for (const [key, number] of numbers) if (gone.has(number)) numbers.delete(key);
    },
  };
}
