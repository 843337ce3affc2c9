/** /activate_organization: each reference has its own outcome. */
import { activateOrganization } from "../../src/commands/activate-organization.js";
import { testSwitching } from "./switching.js";

testSwitching(activateOrganization, { kind: "organization", state: "active" });
