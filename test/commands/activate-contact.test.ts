/** /activate_contact: each reference has its own outcome. */
import { activateContact } from "../../src/commands/activate-contact.js";
import { testSwitching } from "./switching.js";

testSwitching(activateContact, { kind: "contact", state: "active" });
