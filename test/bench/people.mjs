/**
 * Made-up customers for measuring, nearly as varied as real ones: names put together as languages put
 * them together, common and rare, addresses as companies make them. The same seed gives the same people.
 * `LIAISON_BENCH_PEOPLE` may name a module with `makeContacts(count, { seed })` to measure with others.
 */
import { pathToFileURL } from "node:url";

import { random } from "./random.mjs";
import { plain, plainGerman } from "./typos.mjs";

const words = (text) => text.split(" ");
/** First names, beginnings and endings of last names, and how many of a hundred people. */
const languages = [
  {
    share: 45,
    first:
      "James Mary Robert Patricia John Jennifer Michael Linda David Susan William Barbara Ethan Chloe Mason Harper Logan Zoe Connor Maya Dylan Paige Trevor Holly Wesley Brooke Gavin Tessa Rodney Sheila",
    stems:
      "Ash Black Brad Brook Clif Copper Day Dun East Fair Flint Good Graf Hal Hart Haw Hol Kings Lang Lin Mar Mid New Nor Oak Pem Rad Rich Sher Stan Thorn Wal West Whit Win Wood",
    ends: "ley ton field man son s well worth ford brook ham wick wood stone er ing more land by",
  },
  {
    share: 18,
    first:
      "Jürgen Änne Björn Günther Lieselotte Käthe Sören Jörg Hannelore Uwe Silke Matthias Petra Torsten Bärbel Volker Heike Rüdiger Gisela Wolfgang",
    stems:
      "Alt Berg Brand Büch Eich Feld Grün Hof Kauf Klein König Krä Lind Müh Neu Ober Rei Schäf Schön Stein Tür Unter Wald Weiß Zie Zöll",
    ends: "mann er bauer hauser meier müller inger felder ner hardt bach stein thal brecht ler",
  },
  {
    share: 16,
    first:
      "François Zoé Hélène Benoît Maëlys Anaïs José María Íñigo Begoña Ángel Lucía João Inês Conceição Luís Rocío Ramón Élodie Jérôme",
    stems: "Al Bel Bou Cas Char Cor Du Fer Gar Gon Gué Her La Le Mar Mon Mu Nú Or Pé Ra Ro Sal San Val Var",
    ends: "bert cier dez don ères fort gas ges guez lier llón mond nández ñez reau res rand rín tier ton vière zón",
  },
  {
    share: 15,
    first:
      "Łukasz Żaneta Małgorzata Wojciech Søren Åsa Øyvind Sigrún Linnéa Çağla İbrahim Şule Göksel Ayşe Agnieszka Paweł Göran Håkan",
    stems:
      "And Berg Bjør Bog Dąb Ek Gór Hag Jan Kam Kow Lind Maj Ny Ö Paw Sand Ström Świą Wiś Wój Yıl Zał Čer",
    ends: "ström berg gren qvist sson sen owski ecki czyk ewicz alski maz türk oğlu dal vik",
  },
  {
    share: 6,
    first: "太郎 花子 健一 美咲 誠 由美 大輔 直樹 恵 翔太 陽子 和也",
    stems: "山 田 佐 藤 高 橋 渡 小 中 村 松 石 木 林 井 清 森 池 前 岡",
    ends: "田 本 村 川 原 口 野 山 島 崎 上 下 内 辺",
  },
].map(({ share, first, stems, ends }) => ({
  share,
  first: words(first),
  stems: words(stems),
  ends: words(ends),
}));
const middles = words("a e i o u el en an or ar is al in ber der ing");
const freeMail = words("gmail.com outlook.com yahoo.com hotmail.com icloud.com gmx.example web.example");
const endings = words("com com com net io de org fr eu co.jp");
const romaji = words("ka ki ku ko sa shi su so ta chi to na no ha hi fu ma mi mo ya yu ra ri ro wa");

/** Chance with favourites: the first entries of a list come up more often. */
const chooser = (next) => (list) => list[Math.floor(list.length * next() ** 1.5)];

function makeName(next, choose) {
  let left = next() * 100;
  const language = languages.find(({ share }) => (left -= share) < 0) ?? languages[0];
  const isJapanese = language === languages.at(-1);
  const middle = !isJapanese && next() < 0.5 ? choose(middles) : "";
  const second = !isJapanese && next() < 0.25 ? `-${choose(language.first)}` : "";
  return {
    first: `${choose(language.first)}${second}`,
    last: `${choose(language.stems)}${middle}${choose(language.ends)}`,
  };
}

/** Letters of an address; the same kanji are always spelt alike. */
function spelt(name) {
  const latin = plain(plainGerman(name)).replace(/[^a-z]+/gu, "");
  if (latin !== "") return latin;
  return Array.from(name, (sign) => romaji[sign.codePointAt(0) % romaji.length]).join("");
}

function localPart(next, { first, last }) {
  const [given, family] = [spelt(first), spelt(last)];
  const shapes = [
    `${given}.${family}`,
    `${given[0]}${family}`,
    given,
    `${given}_${family}`,
    `${given[0]}.${family}`,
  ];
  return `${shapes[Math.floor(next() ** 1.5 * shapes.length)]}${next() < 0.15 ? Math.floor(next() * 100) : ""}`;
}

function makeCompany(next, choose) {
  const word = () => `${choose(languages[0].stems)}${choose(middles)}${choose(languages[0].ends)}`;
  const name = next() < 0.5 ? `${word()} ${word()}` : word();
  return { name, domain: `${name.toLowerCase().replace(" ", "-")}.${choose(endings)}` };
}

/** @returns `{ first, last, email, organization, description, state }`, all with a name and an address of their own */
export async function makePeople(count, seed) {
  if (process.env.LIAISON_BENCH_PEOPLE) return givenPeople(count, seed);
  const next = random(seed);
  const choose = chooser(next);
  const companies = Array.from({ length: Math.max(40, Math.floor(count / 15)) }, () =>
    makeCompany(next, choose),
  );
  const taken = new Set();
  return Array.from({ length: count }, () => {
    const name = makeName(next, choose);
    const { name: organization, domain } = choose(companies);
    const [local, host] = [localPart(next, name), next() < 0.65 ? domain : choose(freeMail)];
    let email = `${local}@${host}`;
    for (let more = 2; taken.has(email); more++) email = `${local}${more}@${host}`;
    taken.add(email);
    const state = next() < 0.8 ? "active" : "inactive";
    return { ...name, email, organization: next() < 0.85 ? organization : "", description: "", state };
  });
}

async function givenPeople(count, seed) {
  const { makeContacts } = await import(pathToFileURL(process.env.LIAISON_BENCH_PEOPLE).href);
  const made = makeContacts(Math.ceil(count * 1.06), { seed });
  const whole = made.filter(({ firstName, lastName }) => firstName !== "" && lastName !== "");
  return whole.slice(0, count).map((contact) => ({
    first: contact.firstName,
    last: contact.lastName,
    email: contact.emailLower,
    organization: contact.organization,
    description: contact.description,
    state: contact.state === "active" ? "active" : "inactive",
  }));
}
