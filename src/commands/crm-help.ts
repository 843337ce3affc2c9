/** /crm_help : the quick actions that the author may use, collapsed. */
import type { QuickAction } from "./quick-action.js";

export const crmHelp: QuickAction = {
  name: "crm_help",
  usage: "/crm_help",
  summary: "Shows this table",
  right: "askForHelp",
  examples: ["/crm_help"],

  run: (call) => Promise.resolve([{ type: "help", names: call.permitted }]),
};
