/** A key pair for the app under test, made once per test file, and the tokens it signs. */
import { generateKeyPairSync, sign } from "node:crypto";

export interface AppKeys {
  /** PEM, as in `PRIVATE_KEY`. */
  readonly privateKey: string;
  readonly publicKey: string;
}

let made: AppKeys | undefined;

export function appKeys(): AppKeys {
  made ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return made;
}

export interface Claims {
  readonly iss: number | string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
}

/** Claims as an app makes them: from half a minute ago until in nine minutes. */
export function claimsOf(appId: number, at = Date.now()): Claims {
  const now = Math.floor(at / 1000);
  return { iss: appId, iat: now - 30, exp: now + 540 };
}

/** A JSON web token, RS256. */
export function appToken(claims: Claims, { privateKey }: AppKeys = appKeys(), alg = "RS256"): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg, typ: "JWT" })}.${part(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
}
