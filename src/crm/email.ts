/** E-mail addresses and mail domains: which ones are fit to be kept. */

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

/** Where anybody gets an address: such a domain says nothing about the company (DESIGN §1). */
const publicProviders: ReadonlySet<string> = new Set(
  (
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr live.com msn.com yahoo.com " +
    "yahoo.co.jp yahoo.co.uk yahoo.fr yahoo.de ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net " +
    "gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org proton.me protonmail.com pm.me tutanota.com " +
    "tuta.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it mail.ru yandex.ru yandex.com " +
    "inbox.ru bk.ru list.ru qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net wp.pl o2.pl onet.pl " +
    "interia.pl seznam.cz uol.com.br bol.com.br terra.com.br rediffmail.com zoho.com fastmail.com hey.com mail.com " +
    "comcast.net verizon.net att.net btinternet.com bluewin.ch telia.com"
  ).split(" "),
);

export const isPublicMailProvider = (domain: string): boolean => publicProviders.has(domain);
