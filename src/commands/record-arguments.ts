/**
 * Reading the arguments of quick actions that keep records: `field:value` pairs, texts, references.
 * Whatever does not belong is a problem with its position; all problems of a line come together.
 */
import { nearest } from "../config/nearest.js";
import type { Argument, ReferenceArgument } from "../quick-actions/index.js";
import type { RecordProblem } from "./record-outcome.js";

/** An argument with its position in the line, from 1. */
export type Numbered<T> = T & { readonly argument: number };

/** What people call fields elsewhere, and the fields they mean. */
const otherWords: Readonly<Record<string, string>> = {
  mail: "email",
  e_mail: "email",
  tel: "phone",
  telephone: "phone",
  mobile: "phone",
  company: "organization",
  organisation: "organization",
  firstname: "first_name",
  given_name: "first_name",
  lastname: "last_name",
  surname: "last_name",
  family_name: "last_name",
  rate: "default_rate",
  domain: "domains",
  note: "description",
  notes: "description",
};

export class RecordArguments<Key extends string> {
  readonly values = new Map<Key, string>();
  readonly references: Numbered<ReferenceArgument>[] = [];
  readonly texts: Numbered<Exclude<Argument, ReferenceArgument>>[] = [];
  readonly problems: RecordProblem[] = [];

  constructor(
    given: readonly Argument[],
    private readonly keys: readonly Key[],
  ) {
    given.forEach((typed, index) => {
      const argument = index + 1;
      if (typed.type === "reference") this.references.push({ ...typed, argument });
      else if (typed.type === "field") this.field(typed.key, typed.value, argument);
      else this.texts.push({ ...typed, argument });
    });
  }

  /** A value for a field, from its own argument or from one that can mean nothing else, as an address. */
  set(key: Key, value: string, argument: number): void {
    if (this.values.has(key)) this.problems.push({ code: "repeated_field", argument });
    else this.values.set(key, value);
  }

  misplaced(...given: readonly { readonly argument: number }[]): void {
    for (const { argument } of given) this.problems.push({ code: "misplaced", argument });
  }

  /**
   * The name that stands without a key: one quoted text, or all bare words. Whatever else there is of
   * text has no meaning.
   */
  takeName(): string | undefined {
    const [quoted, ...others] = this.texts.filter(({ type }) => type === "quoted");
    const words = this.texts.filter(({ type }) => type === "word");
    this.misplaced(...others, ...(quoted === undefined ? [] : words));
    if (quoted !== undefined) return quoted.value;
    return words.length === 0 ? undefined : words.map(({ value }) => value).join(" ");
  }

  private field(key: string, value: string, argument: number): void {
    const known = this.keys.find((own) => own === key);
    if (known !== undefined) this.set(known, value, argument);
    else if (key === "state" || key === "active") this.problems.push({ code: "state_field", argument });
    else this.problems.push({ code: "unknown_field", argument, ...this.meantBy(key) });
  }

  private meantBy(key: string): { readonly meant?: string } {
    const word = otherWords[key];
    const meant = this.keys.find((own) => own === word) ?? nearest(key, this.keys);
    return meant === undefined ? {} : { meant };
  }
}
