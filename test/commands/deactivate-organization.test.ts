/** /deactivate_organization: each reference has its own outcome. */
import { deactivateOrganization } from "../../src/commands/deactivate-organization.js";
import { testSwitching } from "./switching.js";

testSwitching(deactivateOrganization, { kind: "organization", state: "inactive" });
