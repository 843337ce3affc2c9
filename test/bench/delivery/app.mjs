/**
 * An app to send deliveries to: `node app.mjs liaison|nothing|calls API_URL FOLDER`. `nothing` is Probot
 * with a handler for the same events that does nothing; `calls` asks GitHub the same two things as Liaison
 * does for a command, and keeps nothing. Prints its address; the private key is made here, for the
 * GitHub of the measurement does not look at it.
 */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { webhookPath } from "../../../dist/intake/door.js";

const [kind, apiUrl, folder] = process.argv.slice(2);
const secret = process.env.BENCH_SECRET;
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const say = (url) => process.stdout.write(`${url}${webhookPath}\n`);

async function startLiaison() {
  const { startApp } = await import("../../../dist/compose.js");
  const { schema } = await import("../../../dist/store/documents.js");
  const { openStore } = await import("../../../dist/store/open.js");
  const { createLog } = await import("../../../dist/log.js");
  const store = await openStore({ dataDir: folder, schema });
  const github = { appId: 1, privateKey, webhookSecret: secret, apiUrl, throttle: false };
  const log = createLog({ level: "silent", format: "json" });
  const app = await startApp({ github, http: { host: "127.0.0.1", port: 0 } }, store, log);
  say(app.url);
}

async function twoCalls(context) {
  const { repos, issues } = context.octokit.rest;
  await repos.getCollaboratorPermissionLevel(context.repo({ username: context.payload.sender.login }));
  await issues.createComment(context.issue({ body: "Linked." }));
}

async function startProbot(handler) {
  const { Probot, ProbotOctokit, createNodeMiddleware } = await import("probot");
  const { default: pino } = await import("pino");
  const probot = new Probot({
    appId: 1,
    privateKey,
    secret,
    baseUrl: apiUrl,
    Octokit: ProbotOctokit.defaults((given) => ({ ...given, throttle: { enabled: false } })), // else 3 s a comment
    log: pino({ level: "silent" }),
  });
  const middleware = await createNodeMiddleware(
    (app) => app.on(["issue_comment.created", "issue_comment.edited"], handler),
    { probot },
  );
  const server = createServer((request, response) => void middleware(request, response));
  server.listen(0, "127.0.0.1", () => say(`http://127.0.0.1:${server.address().port}`));
}

const kinds = {
  liaison: startLiaison,
  nothing: () => startProbot(() => undefined),
  calls: () => startProbot(twoCalls),
};
await kinds[kind]();
process.on("SIGTERM", () => process.exit(0)); // an orderly end, so that a profile is written
