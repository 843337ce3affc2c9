/** /deactivate_contact: each reference has its own outcome. */
import { deactivateContact } from "../../src/commands/deactivate-contact.js";
import { testSwitching } from "./switching.js";

testSwitching(deactivateContact, { kind: "contact", state: "inactive" });
