/** What a reply may show of an issue. */
import type { IssueHandle } from "../commands/outcome.js";

export interface IssueView {
  /** As GitHub links it: `#12` in this repository, `owner/name#12` elsewhere. */
  readonly reference: string;
  /** Only where the readers of the reply know it anyway. */
  readonly title?: string;
  readonly closed?: boolean;
}

/** By `issueKey`; an issue that is missing may not be named, or is gone. */
export type IssueViews = ReadonlyMap<string, IssueView>;

export const issueKey = ({ repository, number }: IssueHandle): string => `${repository}:${number}`;
