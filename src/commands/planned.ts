/**
 * Quick actions of DESIGN §3.3 that keep records. The language knows them, help names them as not
 * available, and using one says so and does nothing. Each moves to a file of its own when it is built.
 */
import type { QuickActionHelp } from "./quick-action.js";

export const planned: readonly QuickActionHelp[] = [];
