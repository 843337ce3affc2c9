/**
 * The one schema of `.github/liaison.yml` (DESIGN §6), in zod, with a description on every key. The
 * JSON Schema for editors, the reference in the README and the wording of mistakes are made from it.
 * It says what each value looks like; whether a named group exists is checked in group-tree.ts.
 */
import { z } from "zod";
import { builtIn } from "./repository-settings.js";

const segment = "[A-Za-z0-9._-]+";
const path = `${segment}(?:/${segment}){0,19}`;
const login = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";

const groupName = z
  .string()
  .max(255)
  .regex(new RegExp(`^(?:/|${path})$`))
  .meta({ title: "a group", examples: ["support/emea"] });

const sourceName = z
  .string()
  .max(255)
  .regex(new RegExp(`^(?:/|@?${path})$`))
  .meta({ title: "a group", examples: ["sales"] });

const person = z
  .string()
  .max(255)
  .regex(new RegExp(`^@${login}(?:/${segment})?$`))
  .meta({ title: "a user or a team", examples: ["@alice", "@acme/support"] });

const account = z
  .union([z.string().regex(new RegExp(`^@?${login}$`)), z.int().positive()])
  .meta({ title: "an account's login or numeric id", examples: ["partner-org", 9919] });

const ourRole = z.enum(["none", "guest", "planner", "reporter", "developer", "maintainer", "owner"]);

const grants = (role: string) =>
  z
    .array(person)
    .min(1)
    .optional()
    .meta({ description: `Users ("@alice") and teams ("@acme/support") that are ${role} here and below.` });

const members = z.strictObject({
  guest: grants("guest"),
  planner: grants("planner (see and link contacts)"),
  reporter: grants("reporter, the other name of planner,"),
  developer: grants("developer (also create and edit contacts)"),
  maintainer: grants("maintainer"),
  owner: grants("owner"),
});

const group = z.strictObject({
  contact_source: sourceName.optional().meta({
    description:
      'The group whose contacts this group and the groups below it use: a group of this account ("sales"; "/" is the account itself), or one of another account that shares with this one ("@partner-org/crm"). Default: the setting of the group above, else the account itself.',
  }),
  enabled: z.boolean().optional().meta({
    description: "false switches the CRM off in this group. Not inherited.",
    default: true,
  }),
  members: members.optional().meta({
    minProperties: 1,
    description:
      "Who has which role in this group and the groups below it. Where nobody is declared, the role on the repository counts.",
  }),
});

const replies = z.strictObject({
  on_success: z.enum(["comment", "reaction"]).optional().meta({
    description: "How a plain success is told: with a comment, or with a thumbs-up only.",
    default: builtIn.replies.onSuccess,
  }),
  show: z.enum(["auto", "handles", "names", "emails"]).optional().meta({
    description:
      "How much a reply shows of a contact: its number, its name, or also its address. auto: handles in public repositories, names elsewhere. emails is refused in public repositories.",
    default: builtIn.replies.show,
  }),
});

/** One `{name}` and no other brace; GitHub takes no comma in a label, and 50 characters. "" is none. */
const labelTemplate = z
  .string()
  .max(50)
  .regex(/^(?:|(?:[^{},\s]| )*\{name\}(?:[^{},\s]| )*)$/)
  .meta({
    title: "a label of at most 50 characters, without commas, with {name} in it once",
    examples: ["customer: {name}"],
  });

const labels = z.strictObject({
  organization: labelTemplate.optional().meta({
    description:
      "The label that an organization's contacts put on the issues they are linked to; {name} is the organization's name. Default: none; \"\" switches off what defaults has switched on.",
  }),
  public: z.boolean().optional().meta({
    description:
      "true allows labels in public repositories, where everybody sees the names of your customers.",
    default: builtIn.labels.public,
  }),
});

const repositoryKeys = {
  group: groupName.optional().meta({
    description:
      'The group this repository belongs to, as the account config declares it ("support/emea"). Default: the account itself.',
  }),
  enabled: z.boolean().optional().meta({
    description: "false switches the CRM off in this repository.",
    default: builtIn.enabled,
  }),
  pull_requests: z
    .boolean()
    .optional()
    .meta({ description: "Quick actions count in pull requests, too.", default: builtIn.pullRequests }),
  suggestions: z.int().min(0).max(10).optional().meta({
    description: "How many near matches are offered for a reference that names nobody.",
    default: builtIn.suggestions,
  }),
  replies: replies.optional().meta({ description: "What replies look like." }),
  command_comments: z.enum(["auto", "keep", "delete"]).optional().meta({
    description:
      "What becomes of a comment that holds nothing but quick actions, once it has run. auto: deleted in public repositories if it shows an e-mail address, else kept. delete: always deleted.",
    default: builtIn.commandComments,
  }),
  labels: labels.optional().meta({
    description: "Labels that say which customers an issue concerns, for search and boards.",
  }),
};

const accountKeys = {
  groups: z.record(groupName, group.nullable()).optional().meta({
    description:
      'Account config only. The groups of this account by their path ("support/emea"); "/" is the account itself. Groups above a declared one exist by themselves.',
  }),
  roles: z.record(z.string().min(1).max(100), ourRole).optional().meta({
    description:
      "Account config only. Custom repository roles by their name, and the role each stands for. One that is not named counts as the built-in role it is based on.",
  }),
  share_contacts_with: z.array(account).optional().meta({
    description:
      "Account config only. Accounts that may use this account's groups as contact source: numeric ids, or logins. Prefer ids: a login can change hands, and whoever takes it over would see the contacts.",
  }),
  defaults: z.strictObject(repositoryKeys).optional().meta({
    description:
      "Account config only. Settings for all repositories of the account; a repository's own file overrides them key by key.",
  }),
};

/** `.github/liaison.yml` of an ordinary repository. */
export const repositoryFile = z.strictObject(repositoryKeys);

/**
 * The account config. It is also the `.github` repository's own file, so it may hold the repository
 * keys; at its top level they are about the `.github` repository alone (for all: `defaults`).
 */
export const accountFile = z.strictObject({ ...accountKeys, ...repositoryKeys });

/** Keys that only the account config may have. */
export const accountOnly: ReadonlySet<string> = new Set(Object.keys(accountKeys));

export type RepositoryFile = z.infer<typeof repositoryFile>;
export type AccountFile = z.infer<typeof accountFile>;
export type GroupEntry = z.infer<typeof group>;
export type MembersEntry = z.infer<typeof members>;
