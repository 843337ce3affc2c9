/** Chance from a seed: the same seed makes the same commands, and strikes after the same pauses. */

/** @param seed a whole number @returns chance itself, and three ways to use it */
export function seeded(seed) {
  let state = seed >>> 0;
  /** Mulberry32: from 0 to 1, 1 left out. */
  const chance = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(chance() * limit);
  return {
    chance,
    below,
    pick: (list) => list[below(list.length)],
    /** @param choices pairs of weight and value */
    weighted(choices) {
      let left = chance() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of choices) if ((left -= weight) < 0) return value;
      return choices.at(-1)[1];
    },
  };
}
