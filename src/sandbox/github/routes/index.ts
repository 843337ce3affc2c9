/** Every route of the local GitHub, by topic. No two of them fit the same path. */
import type { Tokens } from "../tokens.js";
import { accountRoutes } from "./accounts.js";
import { appRoutes, tokenRoute } from "./apps.js";
import { contentRoutes } from "./contents.js";
import { deliveryRoutes } from "./deliveries.js";
import { issueRoutes } from "./issues.js";
import { labelRoutes } from "./labels.js";
import { reactionRoutes } from "./reactions.js";
import type { Route } from "./route.js";

export function allRoutes(tokens: Tokens): readonly Route[] {
  return [
    ...appRoutes,
    tokenRoute(tokens),
    ...deliveryRoutes,
    ...accountRoutes,
    ...contentRoutes,
    ...reactionRoutes,
    ...labelRoutes,
    ...issueRoutes,
  ];
}
