/** liaison backup FILE : a copy of the embedded engine's data, also while the app runs. */
import { Command } from "commander";
import { loadEnvironment, readLocalSettings } from "../settings.js";
import { UsageError } from "./failures.js";

export const backupCommand = (): Command =>
  new Command("backup")
    .description("copy the data folder into one file, also while the app runs (not for MongoDB)")
    .argument("<file>", "a new file; to restore it, put it into an empty data folder as liaison.db")
    .action(async (file: string) => {
      const { store } = readLocalSettings(loadEnvironment());
      if (store.mongodbUri !== undefined)
        throw new UsageError(
          "Contacts are in MongoDB (MONGODB_URI is set): back them up with mongodump --oplog or a snapshot of its disks.",
        );
      const { backUpFolder } = await import("../store/embedded/backup.js");
      const size = await backUpFolder(store.dataDir, file);
      process.stdout.write(`Copied ${(size / 1_000_000).toFixed(1)} MB to ${file}, and checked it.\n`);
    });
