/** A plot of cost against the number of contacts, as SVG: both axes logarithmic, so that what grows with it is a slope. */

const [width, height, left, top, right, bottom] = [720, 400, 70, 30, 210, 50];
const colors = ["#0969da", "#cf222e", "#1a7f37", "#8250df", "#bf8700", "#57606a"];

/**
 * @param series `{ name, points: [contacts, cost relative to the smallest][] }`
 * @returns the text of an SVG file
 */
export function plotGrowth(series) {
  const sizes = [...new Set(series.flatMap(({ points }) => points.map(([size]) => size)))].sort(
    (a, b) => a - b,
  );
  const costs = series.flatMap(({ points }) => points.map(([, cost]) => cost));
  const [low, high] = [Math.min(0.5, ...costs), Math.max(2, ...costs)].map(Math.log10);
  const share = (value, from, to) => (from === to ? 0 : (Math.log10(value) - from) / (to - from));
  const ends = [sizes[0], sizes.at(-1)].map(Math.log10);
  const x = (size) => Math.round(left + share(size, ...ends) * (width - left - right));
  const y = (cost) => Math.round(height - bottom - share(cost, low, high) * (height - top - bottom));
  const text = (at, down, words, anchor = "middle") =>
    `<text x="${at}" y="${down}" text-anchor="${anchor}">${words}</text>`;
  const across = [0.5, 1, 2, 5, 10, 100].filter(
    (cost) => Math.log10(cost) >= low && Math.log10(cost) <= high,
  );
  const grid = across.map(
    (cost) =>
      `<path d="M${left} ${y(cost)}H${width - right}" stroke="#d0d7de"/>${text(left - 8, y(cost) + 4, `${cost} ×`, "end")}`,
  );
  const lines = series.map(({ name, points }, at) => {
    const path = points.map(([size, cost], n) => `${n === 0 ? "M" : "L"}${x(size)} ${y(cost)}`).join("");
    const color = colors[at % colors.length];
    const key = top + 20 * at;
    return (
      `<path d="${path}" fill="none" stroke="${color}" stroke-width="2"/>` +
      `<path d="M${width - right + 14} ${key}h18" stroke="${color}" stroke-width="2"/>` +
      text(width - right + 38, key + 4, name, "start")
    );
  });
  const labels = sizes.map((size) => text(x(size), height - bottom + 20, size.toLocaleString("en")));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
${[...grid, ...lines, ...labels].join("\n")}
${text((left + width - right) / 2, height - 10, "contacts in the account")}
${text(left, 16, "cost, that of the smallest = 1", "start")}
</svg>
`;
}
