/** Errors on the command line: a sentence with its remedy, and never a stack for what users can mend. */
import { GoneError, RefusedError, RetryableError } from "../github/errors.js";
import { ImportError } from "../records/import-error.js";
import { SettingsError } from "../settings.js";
import { BackupError } from "../store/embedded/backup.js";
import { StoreLockedError } from "../store/embedded/lock.js";
import { EngineMissingError } from "../store/embedded/database.js";
import { StoreRefusedError, StoreUnavailableError } from "../store/store.js";

/** A mistake in how a command was called. The message is one sentence with its remedy. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const speaksForItself = [
  UsageError,
  ImportError,
  StoreLockedError,
  StoreRefusedError,
  EngineMissingError,
  BackupError,
];

/** What to print on standard error. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError) {
    return `Liaison cannot start with these settings:\n${error.problems.map(({ name, message }) => `  ${name} ${message}`).join("\n")}\nThe file .env.example explains every setting.`;
  }
  if (speaksForItself.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof StoreUnavailableError) {
    return `The store does not answer: ${error.message}. Check MONGODB_URI and that the server is running.`;
  }
  if (error instanceof RetryableError || error instanceof GoneError || error instanceof RefusedError) {
    return `GitHub did not help: ${error.message}. Try again later, or check the settings of the app.`;
  }
  return explainSystem(error);
}

function explainSystem(error: unknown): string {
  if (!(error instanceof Error)) return "Something unforeseen went wrong.";
  const { code, path, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === "EADDRINUSE")
    return `Port ${port ?? "?"} is in use. Choose another with PORT, or 0 for any free one.`;
  if (code === "EACCES" && port !== undefined)
    return `Port ${port} needs more rights. Choose one above 1023 with PORT.`;
  if (code === "ENOENT") return `There is no file ${path ?? "of that name"}.`;
  if (code === "EISDIR") return "That is a folder. Name a file.";
  if (code === "EACCES") return `No permission to use ${path ?? "that file"}.`;
  return error.stack ?? error.message;
}
