#!/usr/bin/env node
/** The `liaison` command line (DESIGN §10): each command in a file of its own under cli/. */
import { Command } from "commander";
import { backupCommand } from "./cli/backup.js";
import { deliveriesCommand } from "./cli/deliveries.js";
import { doctorCommand } from "./cli/doctor.js";
import { exportCommand } from "./cli/export.js";
import { explain } from "./cli/failures.js";
import { importCommand } from "./cli/import.js";
import { parseCommand } from "./cli/parse.js";
import { sandboxCommand } from "./cli/sandbox.js";
import { serveCommand } from "./cli/serve.js";

const program = new Command("liaison")
  .description("Ties customers to GitHub issues: quick actions in comments, contacts in your own store.")
  .showHelpAfterError("Try: liaison --help")
  .addCommand(serveCommand())
  .addCommand(sandboxCommand())
  .addCommand(doctorCommand())
  .addCommand(parseCommand())
  .addCommand(importCommand())
  .addCommand(exportCommand())
  .addCommand(deliveriesCommand())
  .addCommand(backupCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
