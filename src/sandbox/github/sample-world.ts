/**
 * The sandbox's world: the organization `acme` with the app installed, a private and a public
 * repository, an account config, and somebody of every role.
 *
 *   olivia owner · marco maintainer · dana developer · pia planner · gus guest · sam nobody
 */
import type { Installation, Issue, Organization, Person, Repository } from "./records.js";
import type { WorldOptions } from "./state.js";
import { World } from "./world.js";

const configPath = ".github/liaison.yml";

const accountConfig = `# Liaison's settings for all repositories of acme.
groups:
  sales: {}
  support:
    contact_source: sales
  support/emea: {}
  labs:
    enabled: false
roles:
  release manager: developer
defaults:
  suggestions: 5
`;

const helpdeskConfig = `# What the help desk does differently.
group: support
`;

/** Who and what is in it. */
export interface Sample {
  readonly acme: Organization;
  readonly installation: Installation;
  readonly people: Readonly<Record<"olivia" | "marco" | "dana" | "pia" | "gus" | "sam", Person>>;
  /** Private; group `acme/support`, whose contacts are those of `acme/sales`. */
  readonly helpdesk: Repository;
  /** Public; the top-level group. */
  readonly website: Repository;
  /** `acme/.github`: the account config. */
  readonly settings: Repository;
  /** Three in the help desk (numbers 1 to 3), two on the website (1 and 2). */
  readonly issues: Readonly<Record<"login" | "invoice" | "export" | "button" | "typo", Issue>>;
}

export type SampleWorld = World & { readonly sample: Sample };

/** Always the same ids, whatever the options. */
export function createSampleWorld(options: WorldOptions = {}): SampleWorld {
  const world = new World(options);
  return Object.assign(world, { sample: furnish(world) });
}

function furnish(world: World): Sample {
  const people = samplePeople(world);
  const { olivia, marco, dana, pia, gus } = people;
  const acme = world.organization("acme", {
    id: 1001,
    name: "Acme",
    owners: [olivia],
    members: [marco, dana, pia, gus],
  });
  world.team(acme, "support", [pia, dana]);
  const repositories = sampleRepositories(world, acme, people);
  const installation = world.install(olivia, acme, { id: 7001 });
  return {
    acme,
    installation,
    people,
    ...repositories,
    issues: sampleIssues(world, people, repositories),
  };
}

function samplePeople(world: World): Sample["people"] {
  return {
    olivia: world.person("olivia", { id: 501, name: "Olivia Owner" }),
    marco: world.person("marco", { id: 502, name: "Marco Maintainer" }),
    dana: world.person("dana", { id: 503, name: "Dana Developer" }),
    pia: world.person("pia", { id: 504, name: "Pia Planner" }),
    gus: world.person("gus", { id: 505, name: "Gus Guest" }),
    sam: world.person("sam", { id: 506, name: "Sam Stranger" }),
  };
}

type Repositories = Pick<Sample, "helpdesk" | "website" | "settings">;

function sampleRepositories(world: World, acme: Organization, people: Sample["people"]): Repositories {
  const helpdesk = world.repository(acme, "helpdesk", { id: 2001, files: { [configPath]: helpdeskConfig } });
  const website = world.repository(acme, "website", { id: 2002, visibility: "public" });
  const settings = world.repository(acme, ".github", { id: 2003, files: { [configPath]: accountConfig } });
  for (const repository of [helpdesk, website, settings]) {
    world.role(repository, people.marco, "maintain");
    world.role(repository, people.dana, "write");
    world.role(repository, people.pia, "triage");
    world.role(repository, people.gus, "read");
  }
  return { helpdesk, website, settings };
}

function sampleIssues(
  world: World,
  { dana, gus, pia, sam }: Sample["people"],
  { helpdesk, website }: Repositories,
): Sample["issues"] {
  const currency = "Dollars where euros are due.";
  const issues = {
    login: world.openIssue(pia, helpdesk, "A customer cannot log in", "Since Monday, with every browser."),
    invoice: world.openIssue(dana, helpdesk, "The invoice shows the wrong currency", currency),
    export: world.openIssue(pia, helpdesk, "The export stops after 1,000 rows"),
    button: world.openIssue(gus, website, "The order button does nothing on phones", "Seen on two phones."),
    typo: world.openIssue(sam, website, "Typo on the front page", "It says “recieve”."),
  };
  world.comment(dana, issues.login, "Is it the same for all of their people?");
  return issues;
}
