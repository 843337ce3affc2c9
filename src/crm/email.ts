/** E-mail addresses and mail domains: which ones are fit to be kept. */
import providers from "email-providers";

/** GitLab's limit, in characters. */
export const maxEmailLength = 255;

// Before the @ everything is allowed that a mail server could mean, but no white space, controls, double
// quotes, brackets or separators: they end a reference or start another address. No dot at either end.
const pattern = /^(?!\.)[^\s\p{C}@"`<>()[\]{},;:\\|]+(?<!\.)@([^@]+)$/u;
const label = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** The address as it is kept: stripped, full-width characters made plain. Its case stays. */
export const cleanEmail = (email: string): string => email.trim().normalize("NFKC");

/** Is a cleaned address well formed? A host without a dot ("jane@localhost") is one. */
export function isEmail(email: string): boolean {
  const [, domain] = pattern.exec(email) ?? [];
  return domain !== undefined && !email.includes("..") && isHostName(domain);
}

const isHostName = (domain: string): boolean => domain.split(".").every((part) => label.test(part));

/** A company's mail domain, folded: needs a dot, and an "@" before it is forgiven. */
export const cleanDomain = (domain: string): string =>
  domain.trim().normalize("NFKC").toLowerCase().replace(/^@/, "");

/** Is a cleaned domain well formed? */
export const isMailDomain = (domain: string): boolean =>
  domain.length <= maxEmailLength && domain.includes(".") && isHostName(domain);

/** Providers that the kept list lacks. */
const alsoPublic = ["gmx.ch", "posteo.de", "tutanota.com", "tuta.com", "fastmail.com", "telia.com"];
/** On the kept list by mistake: the domain of documentation is nobody's mailbox (RFC 2606). */
const notPublic = new Set(["example.com"]);

const publicProviders: ReadonlySet<string> = new Set(
  [...providers, ...alsoPublic].filter((domain) => !notPublic.has(domain)),
);

/** Where anybody gets an address: such a domain, folded, says nothing about the company (DESIGN §1). */
export const isPublicMailProvider = (domain: string): boolean => publicProviders.has(domain);
