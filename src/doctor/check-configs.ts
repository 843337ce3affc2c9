/**
 * The config files of the accounts that have the app installed, read from GitHub as the app reads them:
 * each mistake with its line, as replies tell it. Nothing is kept of them.
 */
import type { ConfigProblem } from "../config/config.js";
import { createConfigLoader, type ConfigLoader } from "../config/loader.js";
import type { ReadFile } from "../config/file-cache.js";
import type { Inspection, InstallationFacts, VisibleRepository } from "../github/inspection.js";
import type { Installation } from "../github/github.js";
import { wordsOf } from "./check-app.js";
import { findingsOf, type Finding } from "./finding.js";

/** As many repositories are looked into, all accounts together. */
export const mostRepositories = 50;

export interface ConfigChecks {
  readonly inspection: Pick<Inspection, "repositories">;
  readonly installation: (id: number) => Pick<Installation, "readFile">;
  /** Only this one is looked into: `owner/name`. */
  readonly repository?: string | undefined;
}

const of = findingsOf("config");

export async function checkConfigs(
  installations: readonly InstallationFacts[],
  checks: ConfigChecks,
): Promise<readonly Finding[]> {
  const wanted = checks.repository?.toLowerCase();
  const found: Finding[] = [];
  let looked = 0;
  for (const one of installations) {
    const login = one.account.login.toLowerCase();
    const isMeant = wanted === undefined || wanted.startsWith(`${login}/`);
    if (one.isSuspended || !isMeant || looked >= mostRepositories) continue;
    const most = wanted === undefined ? mostRepositories - looked : 100;
    const result = await checkAccount(one, most, wanted, checks);
    looked += result.looked;
    found.push(...result.findings);
  }
  if (found.length > 0) return found;
  if (looked === 0 && wanted !== undefined)
    return [
      of.problem(
        "The app does not see that repository.",
        "Check its name, and that the app is installed on it.",
      ),
    ];
  return [
    of.ok(`No mistakes in the config files of ${looked} ${looked === 1 ? "repository" : "repositories"}.`),
  ];
}

async function checkAccount(
  { id, account }: InstallationFacts,
  most: number,
  wanted: string | undefined,
  { inspection, installation }: ConfigChecks,
): Promise<{ readonly looked: number; readonly findings: readonly Finding[] }> {
  const read: ReadFile = (where, path, options) => installation(id).readFile(where, path, options);
  const loader = forgetfulLoader();
  try {
    const { problems } = await loader.loadAccount(account, read);
    const findings: Finding[] = problems.map((problem) => toFinding(problem, `${account.login}/.github`));
    const all = await inspection.repositories(id, most);
    const meant = all.filter((one) => wanted === undefined || nameOf(one).toLowerCase() === wanted);
    for (const repository of meant) {
      const effective = await loader.load(account, repository, read);
      const own = effective.problems.filter(({ file }) => file === "repository");
      findings.push(...own.map((problem) => toFinding(problem, nameOf(repository))));
    }
    return { looked: meant.length, findings };
  } catch (error) {
    const message = `The config files of ${account.login} could not be read: ${wordsOf(error)}.`;
    return {
      looked: 0,
      findings: [of.problem(message, "Try again, and check the permission contents: read.")],
    };
  }
}

const nameOf = ({ owner, name }: VisibleRepository): string => `${owner}/${name}`;

function toFinding({ line, message, hint, invisible }: ConfigProblem, where: string): Finding {
  if (invisible === true)
    return of.warning(`${where}: ${message}`, "Install the app on that repository, too.");
  const words = hint === undefined ? message : `${message} ${hint}`;
  return of.problem(`${where} .github/liaison.yml line ${line}: ${words}`, "Mend this line of the file.");
}

/** Without a store: no last good version stands in for a broken one, and none is kept. */
function forgetfulLoader(): ConfigLoader {
  const nothing = () => Promise.resolve(undefined);
  return createConfigLoader({
    lastGood: { get: nothing, put: nothing, forget: nothing },
    stamps: { raise: nothing, read: (keys) => Promise.resolve(keys.map(() => 0)) },
    now: Date.now,
  });
}
