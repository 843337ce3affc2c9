/** Who the app is for GitHub, whether its clock is ours, and whether it may do what it is for. */
import { RefusedError } from "../github/errors.js";
import type { Inspection, InstallationFacts, Registration } from "../github/inspection.js";
import { findingsOf, type Finding } from "./finding.js";
import { missingEvents, missingPermissions } from "./wanted.js";

/** GitHub takes signatures that are up to a minute from the future. */
const mostSkew = 30_000;

export async function checkClock(inspection: Pick<Inspection, "time">, now: () => number): Promise<Finding> {
  const { ok, warning, problem } = findingsOf("clock");
  const started = now();
  const time = await inspection.time().catch(() => "silent" as const);
  if (time === "silent")
    return problem(
      "GitHub cannot be reached.",
      "Check GITHUB_API_URL, and that this machine may connect to it (DNS, proxy, firewall).",
    );
  if (time === undefined) return warning("GitHub did not tell the time.", "Check GITHUB_API_URL.");
  const between = (started + now()) / 2;
  const seconds = Math.round((between - time.getTime()) / 1000);
  if (Math.abs(seconds) * 1000 <= mostSkew) return ok("This machine and GitHub agree about the time.");
  return problem(
    `The clock of this machine is ${Math.abs(seconds)} seconds ${seconds > 0 ? "ahead of" : "behind"} GitHub's, which refuses what is signed at the wrong time.`,
    "Set the clock, and keep it right with NTP.",
  );
}

/** Does GitHub take the app's number and key? */
export async function checkCredentials(
  inspection: Pick<Inspection, "registration">,
): Promise<{ readonly finding: Finding; readonly registration?: Registration }> {
  const { ok, problem } = findingsOf("credentials");
  try {
    const registration = await inspection.registration();
    return { finding: ok(`GitHub knows this app as ${registration.slug}.`), registration };
  } catch (error) {
    const isRefused = error instanceof RefusedError && error.status === 401;
    const finding = isRefused
      ? problem(
          "GitHub does not take APP_ID with this private key.",
          "Compare APP_ID with the number on the app's page, make a new private key there, and check the clock.",
        )
      : problem(
          `GitHub did not say who the app is: ${wordsOf(error)}.`,
          "Check GITHUB_API_URL, and try again.",
        );
    return { finding };
  }
}

/** One finding for each permission and event that app.yml asks for and the app does not have. */
export function checkPermissions(registration: Registration): readonly Finding[] {
  const { ok, problem } = findingsOf("permissions");
  const where = `${settingsOf(registration)}/permissions`;
  const permissions = missingPermissions(registration).map((missing) =>
    problem(
      `The app lacks the permission ${missing}.`,
      `Grant it at ${where}, and accept it in each installation.`,
    ),
  );
  const events = missingEvents(registration).map((event) =>
    problem(`The app does not hear of ${event}.`, `Subscribe to this event at ${where}.`),
  );
  const found = [...permissions, ...events];
  return found.length > 0 ? found : [ok("The app may do, and hears of, what app.yml asks for.")];
}

/** Installations that are suspended, or have not accepted what the app asks for. */
export function checkInstallations(installations: readonly InstallationFacts[]): readonly Finding[] {
  const { ok, warning } = findingsOf("installations");
  if (installations.length === 0)
    return [
      warning("The app is installed nowhere.", "Install it on your organization, from the app's page."),
    ];
  const found = installations.flatMap((one) => {
    const { login } = one.account;
    if (one.isSuspended)
      return [
        warning(`${login} has suspended the app.`, "An owner there can unsuspend it, in its settings."),
      ];
    const missing = [...missingPermissions(one), ...missingEvents(one)];
    if (missing.length === 0) return [];
    const remedy = `An owner of ${login} has to accept the new permissions, in its settings under GitHub Apps.`;
    return [warning(`${login} has not granted ${missing.join(", ")}.`, remedy)];
  });
  const count = installations.length === 1 ? "one account" : `${installations.length} accounts`;
  return found.length > 0 ? found : [ok(`The app is installed on ${count}.`)];
}

/** The page where an app's owner changes it. */
export function settingsOf({ slug, owner, page }: Registration): string {
  const origin = URL.canParse(page) ? new URL(page).origin : "https://github.com";
  const above = owner.isOrganization ? `/organizations/${owner.login}` : "";
  return `${origin}${above}/settings/apps/${slug}`;
}

/** Messages of the GitHub room name routes and statuses only. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown");
