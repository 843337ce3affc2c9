/** Kinds of trouble, dealt like cards: chance decides the order, and no kind is left out for long. */

/**
 * @param kinds triples of name, weight and what goes wrong
 * @param least how often each kind comes before the weights decide
 */
export function createDeck(kinds, random, least) {
  const drawn = Object.fromEntries(kinds.map(([name]) => [name, 0]));
  const dealt = (times) => shuffled(kinds.flatMap((kind) => Array.from({ length: times(kind) }, () => kind)));
  let cards = dealt(() => least);

  function shuffled(list) {
    for (let last = list.length - 1; last > 0; last -= 1) {
      const other = random.below(last + 1);
      [list[last], list[other]] = [list[other], list[last]];
    }
    return list;
  }

  return {
    /** How often each kind was drawn, by name. */
    drawn,
    draw() {
      if (cards.length === 0) cards = dealt(([, weight]) => weight);
      const [name, , fault] = cards.pop();
      drawn[name] += 1;
      return fault;
    },
  };
}

/** A drill that tried too little has proved nothing. @returns a problem for each kind that came too seldom */
export const triedTooLittle = (drawn, least) =>
  Object.entries(drawn)
    .filter(([, times]) => times < least)
    .map(([name, times]) => ({ kind: "tried too little", detail: `${name} ${times} times, not ${least}` }));
