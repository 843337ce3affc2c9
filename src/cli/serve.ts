/**
 * liaison serve : the app. With `--or-sandbox` (what `npm start` does) the sandbox opens instead when
 * no credential of a GitHub App is set at all.
 */
import { Command } from "commander";
import { hasCredentials, loadEnvironment, readSettings, type Settings } from "../settings.js";
import { runSandbox } from "./sandbox.js";
import { waitForStore } from "./wait-for-store.js";

export const serveCommand = (): Command =>
  new Command("serve")
    .description("run the GitHub App")
    .option("--or-sandbox", "open the sandbox when no GitHub credentials are set")
    .action(async ({ orSandbox }: { readonly orSandbox?: boolean }) => {
      const environment = loadEnvironment();
      if (orSandbox === true && !hasCredentials(environment)) {
        process.stdout.write(noCredentials);
        await runSandbox({});
        return;
      }
      await serve(readSettings(environment));
    });

const noCredentials = `No GitHub credentials are set, so this is the sandbox: a GitHub of your own to try everything on.
To run the real app, register it with app.yml (README, "Register the app"), put APP_ID, PRIVATE_KEY and
WEBHOOK_SECRET into .env, and start again.

`;

async function serve(settings: Settings): Promise<void> {
  const { createLog, openStore, schema, startApp } = await import("./app.js");
  const log = createLog(settings.log);
  const store = await waitForStore(
    () => openStore({ ...settings.store, schema }),
    settings.http,
    (error) => log.warn({ err: error }, "waiting for the store"),
  );
  const app = await startApp(settings, store, log).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  process.stderr.write(`Liaison listens on ${app.url}\n`);
  log.info({ engine: store.engine }, "started");
  const signal = await stopSignal();
  log.info({ signal }, "stopping");
  await app.stop();
  await store.close();
  process.exit(0);
}

/** Resolves with the first SIGTERM or SIGINT; a second one ends the process at once, as usual. */
const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
