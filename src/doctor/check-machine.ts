/** What can be told without asking anybody: Node.js, and how hard the webhook secret is to guess. */
import { findingsOf, type Finding } from "./finding.js";

/** As `engines` in package.json. */
export const oldestNode = [20, 19] as const;

export function checkNode(version: string): Finding {
  const { ok, problem } = findingsOf("node");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  const needed = oldestNode.join(".");
  return isOld
    ? problem(
        `This is Node.js ${version}; Liaison needs ${needed} or later.`,
        `Install Node.js ${needed} or later.`,
      )
    : ok(`Node.js ${version}.`);
}

const shortSecret = 20;
const fewCharacters = 8;
const OBVIOUS = /secret|passwor[dt]|github|liaison|webhook|change.?me|qwert|12345|abcde|letmein|example/i;

/** The secret is looked at, and never told. */
export function checkSecret(secret: string): Finding {
  const { ok, warning } = findingsOf("webhook secret");
  const remedy =
    "Make one with `openssl rand -hex 32`, set it as WEBHOOK_SECRET and on the app's page, and start again.";
  if (secret.length < shortSecret)
    return warning(
      `WEBHOOK_SECRET has fewer than ${shortSecret} characters, so it could be guessed.`,
      remedy,
    );
  if (OBVIOUS.test(secret)) return warning("WEBHOOK_SECRET holds a word that is guessed first.", remedy);
  if (new Set(secret).size < fewCharacters)
    return warning("WEBHOOK_SECRET repeats a few characters, so it could be guessed.", remedy);
  return ok("WEBHOOK_SECRET is long and looks random.");
}
