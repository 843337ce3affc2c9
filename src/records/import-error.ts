/** Why a whole file is refused, as opposed to one row of it. The message names the remedy and quotes no record. */
export type ImportErrorCode =
  | "empty_file"
  | "not_utf8"
  | "not_text"
  | "wrong_delimiter"
  | "unknown_columns"
  | "missing_columns"
  | "repeated_columns"
  | "malformed_csv";

export class ImportError extends Error {
  override readonly name = "ImportError";
  constructor(
    readonly code: ImportErrorCode,
    /** One sentence: what is wrong. */
    readonly problem: string,
    /** One sentence: what to do about it. */
    readonly remedy: string,
    /** Line of the file, from 1, where there is one to look at. */
    readonly line?: number,
  ) {
    super(`${problem} ${remedy}`);
  }
}
