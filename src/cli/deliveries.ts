/**
 * liaison deliveries [--state waiting|failed] : what waits and what was given up, with its reason.
 * --retry GUID makes a waiting one due at once. One that failed has no text any more, for finished
 * deliveries keep none: GitHub can send it again, and then it gets as many tries as a new one.
 */
import { Command, Option } from "commander";
import { createBacklog, type ListedDelivery } from "../intake/backlog.js";
import { loadEnvironment, readLocalSettings } from "../settings.js";
import { schema } from "../store/documents.js";
import { openStore } from "../store/open.js";
import { UsageError } from "./failures.js";

const states = ["waiting", "failed"] as const;
/** More fit on no screen. */
const mostListed = 200;

interface Options {
  readonly state?: (typeof states)[number];
  readonly retry?: string;
}

export const deliveriesCommand = (): Command =>
  new Command("deliveries")
    .description("list deliveries that wait or were given up, or try one again now")
    .addOption(new Option("--state <state>", "only these").choices(states))
    .option("--retry <guid>", "make a waiting delivery due at once")
    .action(async ({ state, retry }: Options) => {
      const store = await openStore({ ...readLocalSettings(loadEnvironment()).store, schema });
      try {
        const backlog = createBacklog(store, () => new Date());
        if (retry !== undefined) process.stdout.write(retried(retry, await backlog.retry(retry)));
        else for (const one of state ? [state] : states) write(one, await backlog.list(one, mostListed));
      } finally {
        await store.close();
      }
    });

/** @throws UsageError for a delivery that cannot be tried again from here */
function retried(guid: string, found: "due" | "failed" | "done" | "unknown"): string {
  switch (found) {
    case "due":
      return `${guid} is due now; it is worked on as soon as the app runs.\n`;
    case "failed":
      throw new UsageError(`${guid} was given up, and its text is not kept. ${sendAgain}`);
    case "done":
      throw new UsageError(`${guid} is done. Nothing is left to try.`);
    case "unknown":
      throw new UsageError(`No delivery ${guid} is known. Ended ones are forgotten after 7 days.`);
  }
}

const sendAgain =
  'Have GitHub send it again, within 3 days: settings of the app, "Advanced", "Recent deliveries", "Redeliver".';

function write(state: (typeof states)[number], deliveries: readonly ListedDelivery[]): void {
  const many = deliveries.length === mostListed ? `the first ${mostListed}` : String(deliveries.length);
  process.stdout.write(`${state}: ${many}\n${deliveries.map(line).join("")}`);
  if (state === "failed" && deliveries.length > 0) process.stdout.write(`${sendAgain}\n`);
}

function line({ guid, kind, account, receivedAt, attempts, reason, dueAt }: ListedDelivery): string {
  const when = receivedAt?.toISOString() ?? "-";
  const due = dueAt === undefined ? "" : `  due ${dueAt.toISOString()}`;
  return `  ${guid}  ${kind ?? "-"}  account ${account}  ${when}  tries ${attempts}  ${reason ?? "-"}${due}\n`;
}
