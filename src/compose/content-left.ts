/**
 * What is left of the budgets of comments, for those who watch the app: they are counted by account,
 * and told by installation, as GitHub counts. Which is whose is learnt from what goes through the door.
 */
import type { ContentBudget } from "../conversation/content-budget.js";
import type { ConversationDoor } from "../conversation/index.js";

export interface ContentLeft {
  /** The same door; what goes through tells which account has which installation. */
  readonly noting: (door: ConversationDoor) => ConversationDoor;
  /** Installation -> comments that may be made at once now, by the tighter of the two limits. */
  readonly left: () => ReadonlyMap<number, number>;
}

/** More accounts than a scrape tells of. */
const mostKnown = 1_000;

export function createContentLeft(budget: Pick<ContentBudget, "left">): ContentLeft {
  const installations = new Map<number, number>();
  return {
    noting: (door) => ({
      ...door,
      handle(event, ...rest) {
        const { account, installation } = event.place;
        installations.delete(account.id);
        installations.set(account.id, installation);
        const [oldest] = installations.keys();
        if (installations.size > mostKnown && oldest !== undefined) installations.delete(oldest);
        return door.handle(event, ...rest);
      },
    }),
    left: () =>
      new Map(
        [...budget.left()].flatMap(([account, { minute, hour }]) => {
          const installation = installations.get(account);
          return installation === undefined ? [] : [[installation, Math.min(minute, hour)] as const];
        }),
      ),
  };
}
