/** Runs the store's contract on every engine that is there. */
import { describe } from "@jest/globals";

import { engines, tellWhatIsLeftOut } from "../support/stores.js";
import { contract } from "./contract.js";

tellWhatIsLeftOut();

describe.each(engines())("the store's contract on $name", (engine) => contract(engine));
