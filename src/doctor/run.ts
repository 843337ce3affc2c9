/** All checks of `liaison doctor`, in the order in which one would mend things. */
import type { Logger } from "pino";
import { createInspection, type Inspection } from "../github/inspection.js";
import { createGitHub } from "../github/probot.js";
import { webhookPath } from "../intake/door.js";
import {
  readLocalSettings,
  readSettings,
  SettingsError,
  type Environment,
  type Settings,
} from "../settings.js";
import { checkClock, checkCredentials, checkInstallations, checkPermissions, wordsOf } from "./check-app.js";
import { checkConfigs } from "./check-configs.js";
import { checkNode, checkSecret } from "./check-machine.js";
import { checkStore } from "./check-store.js";
import { checkWebhook } from "./check-webhook.js";
import { findingsOf, type Finding } from "./finding.js";

export interface Examination {
  readonly environment: Environment;
  readonly log: Logger;
  /** Looks into the config of this repository only: `owner/name`. */
  readonly repository?: string | undefined;
  readonly now?: () => number;
}

/** Findings as they are made; never throws for what is wrong with the set-up. */
export async function* examine(examination: Examination): AsyncGenerator<Finding> {
  const { environment } = examination;
  yield checkNode(process.versions.node);
  const settings = readOr(() => readSettings(environment));
  const local = readOr(() => readLocalSettings(environment));
  yield* checkSettings(settings);
  if ("store" in local) yield* await checkStore(local.store);
  if (!("github" in settings)) {
    yield findingsOf("github").skipped("GitHub is asked once the settings are right.");
    return;
  }
  const { github } = settings;
  yield checkSecret(github.webhookSecret);
  yield* examineGitHub(github, examination);
}

type Mistakes = readonly Finding[];

function readOr<Read>(read: () => Read): Read | Mistakes {
  const { problem } = findingsOf("settings");
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map(({ name, message }) =>
      problem(`${name} ${message}.`, "The file .env.example explains every setting."),
    );
  }
}

const checkSettings = (settings: Settings | Mistakes): readonly Finding[] =>
  "github" in settings ? [findingsOf("settings").ok("All settings can be used.")] : settings;

async function* examineGitHub(
  github: Settings["github"],
  { log, repository, now = Date.now }: Examination,
): AsyncGenerator<Finding> {
  const options = { ...github, log };
  const inspection = createInspection(options);
  yield await checkClock(inspection, now);
  const { finding, registration } = await checkCredentials(inspection);
  yield finding;
  if (registration === undefined) {
    yield findingsOf("github").skipped("All else of GitHub is looked at once it takes the credentials.");
    return;
  }
  yield* checkPermissions(registration);
  yield* await checkWebhook(inspection, registration, webhookPath);
  yield* examineInstallations(inspection, { options, repository });
}

async function* examineInstallations(
  inspection: Inspection,
  {
    options,
    repository,
  }: {
    readonly options: Parameters<typeof createGitHub>[0];
    readonly repository: string | undefined;
  },
): AsyncGenerator<Finding> {
  try {
    const installations = await inspection.installations();
    yield* checkInstallations(installations);
    if (installations.length === 0) return;
    const github = createGitHub(options);
    yield* await checkConfigs(installations, {
      inspection,
      installation: (id) => github.installation(id),
      repository,
    });
  } catch (error) {
    const message = `GitHub did not tell where the app is installed: ${wordsOf(error)}.`;
    yield findingsOf("installations").problem(message, "Try again later.");
  }
}
