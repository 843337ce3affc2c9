/**
 * Labels on issues. Adding one that is there and removing one that is not are no errors, so both
 * can be repeated after a lost answer.
 */
import { z } from "zod";
import type { Ask } from "./ask.js";
import { GoneError, RefusedError } from "./errors.js";
import type { Installation, IssueRef } from "./github.js";
import { isLogin, isRepositoryName } from "./names.js";

type Labels = Pick<Installation, "addLabels" | "removeLabel" | "lookAt">;

const LABELS = "/repos/{owner}/{repo}/issues/{issue_number}/labels";
const IGNORED = z.unknown();
const REPOSITORY = z.object({ id: z.number(), private: z.boolean(), visibility: z.string().optional() });
const ISSUE = z.object({
  id: z.number(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
});

export function createLabels(ask: Ask): Labels {
  return {
    async lookAt(ref) {
      const { owner, repo, issue_number } = at(ref);
      const [where, what] = await Promise.all([
        ask({ route: "GET /repos/{owner}/{repo}", parameters: { owner, repo }, schema: REPOSITORY }),
        ask({
          route: "GET /repos/{owner}/{repo}/issues/{issue_number}",
          parameters: { owner, repo, issue_number },
          schema: ISSUE,
        }),
      ]);
      if (!where.ok || !what.ok) throw new GoneError("the issue is not there");
      const closed = where.data.visibility === "internal" ? "internal" : "private";
      return {
        repository: where.data.id,
        visibility: where.data.private ? closed : "public",
        issue: what.data.id,
        labels: what.data.labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? []))),
      };
    },

    async addLabels(issue, labels) {
      const parameters = { ...at(issue), labels: labels.map(checked) };
      await ask({ route: `POST ${LABELS}`, parameters, schema: IGNORED });
    },

    async removeLabel(issue, label) {
      const parameters = { ...at(issue), name: checked(label) };
      await ask({
        route: `DELETE ${LABELS}/{name}`,
        parameters,
        schema: IGNORED,
        alsoAnswers: [404, 410],
      });
    },
  };
}

/** An empty part at the end of the path, or dots that an address is cleaned of, would mean all labels of the issue. */
function checked(label: string): string {
  if (/^[\s.]*$/.test(label)) throw new RefusedError("no label can have this name", 422);
  return label;
}

function at({ repository: { owner, name }, number }: IssueRef) {
  if (!isLogin(owner) || !isRepositoryName(name)) throw new GoneError("no repository can have this name");
  return { owner, repo: name, issue_number: number };
}
