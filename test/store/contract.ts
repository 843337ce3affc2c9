/** What both engines promise (src/store/store.ts), case by case; run on every engine that is there. */
import type { Engine } from "../support/stores.js";
import { bulkContract } from "./contract/bulk.js";
import { changingContract } from "./contract/changing.js";
import { indexContract } from "./contract/indexes.js";
import { raceContract } from "./contract/races.js";
import { readingContract } from "./contract/reading.js";
import { refusalContract } from "./contract/refusals.js";

export function contract(engine: Engine): void {
  readingContract(engine);
  changingContract(engine);
  bulkContract(engine);
  indexContract(engine);
  raceContract(engine);
  refusalContract(engine);
}
