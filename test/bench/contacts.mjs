/**
 * Made-up contact lists for measuring: names from many languages, one in five without organization,
 * some without address, some descriptions with quotes and line breaks. The same seed gives the same rows.
 */
const people = [
  ["James Mary Robert Patricia Olivia Ethan Chloe", "Smith Johnson O'Brien Taylor Walker-Hughes Clarke"],
  ["Jürgen Änne Björn Günther Lieselotte Käthe", "Müller Weiß Schäfer von Özdemir Großmann Böhm"],
  ["François Zoé Hélène Benoît Maëlys Anaïs", "Lefèvre d'Arc Côté Dubois Gauthier Noël"],
  ["José María Íñigo Begoña Ángel Lucía", "Núñez García Peña Ibáñez López Muñoz"],
  ["Łukasz Żaneta Małgorzata Wojciech Agnieszka", "Wałęsa Kowalczyk Świątek Dąbrowski Żak"],
  ["Søren Åsa Øyvind Sigrún Þór Linnéa", "Sørensen Ångström Bjørnstad Jónsdóttir Lindqvist"],
  ["Çağla İbrahim Şule Göksel Ayşe", "Yılmaz Çelik Öztürk Şahin Güneş"],
  ["Дмитрий Ольга Сергей Наталья Юрий", "Иванов Смирнова Кузнецов Щербакова Ёлкин"],
  ["太郎 花子 健一 美咲 さくら", "山田 佐藤 高橋 渡辺 小林"],
  ["伟 芳 秀英 敏 静", "王 李 欧阳 张 诸葛"],
  ["민준 서연 지우 하은 도윤", "김 이 박 최 남궁"],
  ["أحمد فاطمة يوسف ليلى عمر", "حسن الخطيب منصور الأنصاري سليم"],
  ["अर्जुन प्रिया सीता राहुल अनन्या", "शर्मा पटेल गुप्ता मिश्रा सिंह"],
].map((names) => names.map((list) => list.split(" ")));
const firms = "Acme Globex Initech Umbrella Stark Wayne Hooli Vandelay Tyrell Wonka Soylent Cyberdyne".split(
  " ",
);
const forms = ["GmbH", "Ltd", "AB", "S.A.", "株式会社", "& Söhne", "Inc."];
const nicknames = "ana ben carla dan eva finn gina hugo ida jan kim leo mia noa otto pia".split(" ");
const remarks = [
  "Met at the fair",
  'Says "hello", often',
  "Line one\nLine two",
  "=1+1",
  "注意: 電話のみ",
  "👩🏽‍💻 developer",
];

/** mulberry32: small, seeded, good enough for lists of names. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Rows in the order of the columns of a contact list, one after the other. */
export function* makeRows(count, seed = 1) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const organizations = Math.max(10, Math.floor(count / 20));
  for (let row = 0; row < count; row++) {
    const [firsts, lasts] = pick(people);
    const firm = Math.floor(next() * next() * organizations); // few large customers, many small ones
    const name = `${firms[firm % firms.length]} ${firm} ${forms[firm % forms.length]}`;
    const domain = `${firms[firm % firms.length].toLowerCase()}${firm}.example`;
    const chance = next();
    const first = chance < 0.05 ? `${pick(firsts)} ${pick(firsts)}` : pick(firsts);
    const last = chance > 0.95 ? `${pick(lasts)}-${pick(lasts)}` : pick(lasts);
    yield [
      first,
      last,
      next() < 0.03 ? "" : `${localPart(first, last, pick(nicknames), next())}${row}@${domain}`,
      next() < 0.5 ? `+${10 + Math.floor(next() * 80)} ${Math.floor(next() * 1e9)}` : "",
      next() < 0.1 ? pick(remarks) : "",
      next() < 0.2 ? "" : name,
      next() < 0.05 ? "inactive" : "active",
    ];
  }
}

/** As companies make them: first.last, f.last, first alone; people without Latin letters use another name. */
function localPart(first, last, nickname, chance) {
  const [given = "", family = ""] = [first, last].map(latin);
  if (given === "" || family === "") return nickname;
  if (chance < 0.6) return `${given}.${family}`;
  return chance < 0.85 ? `${given.slice(0, 1)}.${family}` : given;
}

const latin = (name) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]+/g, "");

const quoted = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The same rows as the pieces of a CSV file, header first. */
export function* makeFile(count, seed) {
  yield "first_name,last_name,email,phone,description,organization,state\n";
  for (const row of makeRows(count, seed)) yield `${row.map(quoted).join(",")}\n`;
}
