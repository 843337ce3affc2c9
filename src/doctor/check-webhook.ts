/** Where GitHub sends deliveries, how, and how that went lately. */
import type { HookSettings, Inspection, Registration } from "../github/inspection.js";
import { settingsOf, wordsOf } from "./check-app.js";
import { findingsOf, type Finding } from "./finding.js";

const of = findingsOf("webhook");
/** `example.com` and its like are nobody's. */
const EXAMPLE = /(^|\.)(example\.(com|org|net)|example|invalid|test)$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @param path where the app takes deliveries: `/api/github/webhooks` */
export async function checkWebhook(
  inspection: Pick<Inspection, "hook" | "recentDeliveries">,
  registration: Registration,
  path: string,
): Promise<readonly Finding[]> {
  const page = settingsOf(registration);
  try {
    const hook = await inspection.hook();
    return [...checkSettings(hook, path, page), await checkDeliveries(inspection, page)];
  } catch (error) {
    return [
      of.problem(`GitHub did not tell about the webhook: ${wordsOf(error)}.`, `Look at it at ${page}.`),
    ];
  }
}

function checkSettings(hook: HookSettings, path: string, page: string): readonly Finding[] {
  const found = [
    ...checkAddress(hook.url, path, page),
    ...(hook.contentType === "json"
      ? []
      : [
          of.problem("Deliveries are sent as forms.", `Choose the content type application/json at ${page}.`),
        ]),
    ...(hook.isInsecure
      ? [of.problem("GitHub does not check the app's certificate.", `Enable SSL verification at ${page}.`)]
      : []),
    ...(hook.hasSecret
      ? []
      : [
          of.problem(
            "The app has no webhook secret on GitHub.",
            `Enter the one of WEBHOOK_SECRET at ${page}.`,
          ),
        ]),
  ];
  const fine = "The webhook goes to our path, as JSON. Which secret it has, GitHub does not tell.";
  return found.length > 0 ? found : [of.ok(fine)];
}

function checkAddress(address: string, path: string, page: string): readonly Finding[] {
  const remedy = `Set the webhook URL to https://<your host>${path} at ${page}.`;
  if (!URL.canParse(address)) return [of.problem("The app has no webhook URL.", remedy)];
  const { hostname, pathname, protocol } = new URL(address);
  if (EXAMPLE.test(hostname)) return [of.problem("The webhook URL is still the example's.", remedy)];
  if (LOOPBACK.test(hostname))
    return [of.problem("The webhook URL is of GitHub's own machine, not of this one.", remedy)];
  const found: Finding[] = [];
  if (!pathname.endsWith(path)) found.push(of.problem(`The webhook URL does not end with ${path}.`, remedy));
  if (protocol !== "https:") found.push(of.warning("The webhook URL is not https.", remedy));
  return found;
}

async function checkDeliveries(
  inspection: Pick<Inspection, "recentDeliveries">,
  page: string,
): Promise<Finding> {
  const { ok, warning, problem } = findingsOf("deliveries");
  const recent = await inspection.recentDeliveries();
  const failed = recent.filter(({ status }) => status < 200 || status >= 300);
  const [latest] = recent;
  if (latest === undefined) return ok("GitHub has sent nothing lately.");
  const count = `${failed.length} of the latest ${recent.length} deliveries failed`;
  if (latest.status === 401)
    return problem(
      `${count}, the last one because its signature did not fit.`,
      `WEBHOOK_SECRET and the secret at ${page} differ: enter the same in both.`,
    );
  if (failed.length === 0) return ok(`The latest ${recent.length} deliveries have arrived.`);
  const codes = [...new Set(failed.map(({ status }) => status))].sort((a, b) => a - b).join(", ");
  const where = `See Advanced, Recent Deliveries, at ${page}; check that the app runs and can be reached.`;
  return latest.status >= 200 && latest.status < 300
    ? warning(`${count} (${codes}); the last one has arrived.`, where)
    : problem(`${count} (${codes}), the last one among them.`, where);
}
