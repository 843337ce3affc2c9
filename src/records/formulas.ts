/**
 * Cells that a spreadsheet would run as a formula are written with an apostrophe before them, and
 * read without it. One more apostrophe goes before cells that look so already, so that reading
 * undoes writing exactly. Phone numbers ("+49 …") are among them.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/u;

export const defuse = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** Undoes `defuse`; a cell that was never defused ("+49 …" in a file made by hand) stays as it is. */
export const undefuse = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
