/**
 * Sections: a reply as data, one for each quick action or problem of the comment it answers. They
 * are stored with the reply, so they hold no name, no address and nothing that was typed.
 */
import type { Outcome } from "../commands/outcome.js";
import type { MissingRole } from "../crm/access.js";

interface Placed {
  /** Says which line of the comment this answers, whatever its number: a digest of what it means. */
  readonly key: string;
  /** From 1, in the text that was answered last; 0 when the line is gone from it. */
  readonly line: number;
  /** The delivery that this section answers. */
  readonly delivery: string;
}

export interface OutcomesSection extends Placed {
  readonly kind: "outcomes";
  /** Canonical name. */
  readonly action: string;
  readonly outcomes: readonly Outcome[];
}

export interface RefusedSection extends Placed {
  readonly kind: "refused";
  readonly action: string;
  readonly missing: Pick<MissingRole, "where" | "needed">;
}

export interface ProblemSection extends Placed {
  readonly kind: "problem";
  readonly column: number;
  readonly message: string;
}

/** The delivery could not be carried out, for a reason nobody foresaw. */
export interface FailedSection extends Placed {
  readonly kind: "failed";
}

export type Section = OutcomesSection | RefusedSection | ProblemSection | FailedSection;
