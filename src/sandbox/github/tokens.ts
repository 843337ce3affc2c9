/** Who asks: the app by a signed JSON web token, an installation by a token it was given, for an hour. */
import { verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Installation, Token } from "./records.js";
import { refuse } from "./routes/answers.js";
import type { World } from "./world.js";

const hour = 3_600_000;
/** Seconds that clocks may differ. */
const drift = 60;

export class Tokens {
  readonly #world: World;
  readonly #issued = new Map<string, Token>();

  constructor(world: World) {
    this.#world = world;
  }

  issue(installation: Installation, repositories: ReadonlySet<number> | "all"): Token {
    const { app, counters, now } = this.#world;
    // No fixed length and no fixed alphabet: GitHub's newer tokens have neither.
    const text = `ghs_${app.id}_${installation.id}.local-token-${counters.take("token")}`;
    const token = { text, installation, repositories, expiresAt: new Date(now().getTime() + hour) };
    this.#issued.set(text, token);
    return token;
  }

  /** @throws Refusal 401 for unknown, expired and revoked ones */
  check(text: string): Token {
    const token = this.#issued.get(text);
    const { installations, now } = this.#world;
    if (!token || token.expiresAt <= now() || installations.get(token.installation.id) !== token.installation)
      throw refuse(401, "Bad credentials");
    if (token.installation.suspendedAt) throw refuse(403, "This installation has been suspended");
    return token;
  }

  /** Every token given so far stops working. */
  revokeAll(): void {
    this.#issued.clear();
  }
}

/** @throws Refusal 401 unless `jwt` is one of the app, signed by its key (if that is known), and in its time */
export function checkAppToken(jwt: string, world: World, publicKey: KeyObject | undefined): void {
  const [head = "", claims = "", signature = ""] = jwt.split(".");
  const [{ alg }, { iss, iat, exp }] = [decode(head), decode(claims)];
  if (alg !== "RS256" || typeof iat !== "number" || typeof exp !== "number" || signature === "")
    throw refuse(401, "A JSON web token could not be decoded");
  const now = world.now().getTime() / 1000;
  if (String(iss) !== String(world.app.id)) throw refuse(401, "Integration must generate a public key");
  if (exp <= now - drift)
    throw refuse(401, "'Expiration time' claim ('exp') must be a numeric value in the future");
  if (exp - iat > 600 + drift) throw refuse(401, "'Expiration time' claim ('exp') is too far in the future");
  if (iat > now + drift) throw refuse(401, "'Issued at' claim ('iat') must be an Integer in the past");
  if (
    publicKey &&
    !verify("sha256", Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, "base64url"))
  )
    throw refuse(401, "A JSON web token could not be decoded");
}

function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
