/**
 * A GitHub that answers at once and keeps nothing but counts: what is left of a measurement is the
 * app's own time. `node github.mjs ACTOR` prints its address; `GET /counts` tells how many requests of
 * each kind came, `POST /counts` forgets them.
 */
import { createServer } from "node:http";

/** Who comments: the id of the user whose role is asked for. */
const actor = Number(process.argv[2]);
let comments = 1_000;
let counts = {};

const seen = (kind) => (counts[kind] = (counts[kind] ?? 0) + 1);
const later = () => new Date(Date.now() + 3_600_000).toISOString();

/** Method and path -> what it counts as, the status, and the answer. */
const routes = [
  [
    /^POST \/app\/installations\/\d+\/access_tokens/,
    "token",
    201,
    () => ({ token: "ghs_bench", expires_at: later(), permissions: {}, repository_selection: "all" }),
  ],
  [/^GET \/app\/hook\/deliveries/, "hook", 200, () => []],
  [
    /^GET \/repos\/[^/]+\/[^/]+\/collaborators\/[^/]+\/permission/,
    "permission",
    200,
    () => ({ permission: "admin", role_name: "admin", user: { id: actor, login: "actor" } }),
  ],
  [
    /^POST \/repos\/[^/]+\/[^/]+\/issues\/\d+\/comments/,
    "comment",
    201,
    () => ({ id: ++comments, created_at: new Date().toISOString() }),
  ],
  [/^POST .*\/reactions/, "reaction", 201, () => ({ id: ++comments, content: "+1" })],
  [/^GET \/repos\/[^/]+\/[^/]+\/contents\//, "file", 404, () => ({ message: "Not Found" })],
  [/^GET \/repos\/[^/]+\/[^/?]+$/, "repository", 200, () => ({ id: 1 })],
  [/^PATCH /, "edit", 200, () => ({ id: comments })],
];

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const asked = `${request.method} ${request.url}`;
    if (request.url === "/counts") {
      const body = JSON.stringify(counts);
      if (request.method === "POST") counts = {};
      return response.end(body);
    }
    const found = routes.find(([pattern]) => pattern.test(asked));
    seen(found?.[1] ?? "other");
    const body = JSON.stringify(found?.[3]() ?? { message: "Not Found" });
    response.writeHead(found?.[2] ?? 404, { "content-type": "application/json" }).end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
