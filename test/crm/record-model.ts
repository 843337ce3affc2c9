/**
 * A model of contacts, organizations and links in plain maps, for the property test: what each step
 * must come to, told without a store. Names are unique by construction, so that they can be looked for.
 */

export type Step =
  | { readonly do: "create"; readonly email?: string; readonly organization?: number }
  | {
      readonly do: "edit";
      readonly contact: number;
      readonly email?: string;
      readonly organization?: number | "none";
    }
  | { readonly do: "activate" | "deactivate"; readonly contact: number }
  | { readonly do: "add" | "remove"; readonly issue: number; readonly contacts: readonly number[] }
  | { readonly do: "merge"; readonly keep: number; readonly duplicates: readonly number[] }
  | { readonly do: "erase"; readonly contact: number }
  | { readonly do: "create_organization"; readonly name: string }
  | { readonly do: "merge_organizations"; readonly keep: number; readonly duplicates: readonly number[] }
  | { readonly do: "erase_organization"; readonly organization: number };

export interface ModelContact {
  readonly name: string;
  readonly email?: string;
  readonly organization?: number;
  readonly state: "active" | "inactive";
}

const words = [
  "Amber",
  "Boris",
  "Clara",
  "Dmitri",
  "Elke",
  "Farid",
  "Greta",
  "Hugo",
  "Ines",
  "Jonas",
  "Katya",
  "Lorenz",
];
const families = ["Falkner", "Grundig", "Hollister", "Ivanova", "Jespersen", "Kowalczyk"];

/** The n-th contact's own name. */
export const nameOf = (n: number): string =>
  `${words[n % words.length] ?? ""} ${families[Math.floor(n / 2) % families.length] ?? ""}`;

export class Model {
  readonly contacts = new Map<number, ModelContact>();
  readonly organizations = new Map<number, string>();
  readonly links = new Map<number, Set<number>>();
  /** How many events of each action the audit trail has. */
  readonly events = new Map<string, number>();
  /** Names of everybody who was merged or erased. */
  readonly gone: string[] = [];
  created = 0;
  private readonly successors = new Map<number, number>();

  /** Whom the number of a contact names. */
  resolve(number: number): number | undefined {
    if (this.contacts.has(number)) return number;
    const next = this.successors.get(number);
    return next === undefined ? undefined : this.resolve(next);
  }

  clone(): Model {
    const copy = new Model();
    for (const [number, contact] of this.contacts) copy.contacts.set(number, contact);
    for (const [number, name] of this.organizations) copy.organizations.set(number, name);
    for (const [number, linked] of this.links) copy.links.set(number, new Set(linked));
    for (const [action, count] of this.events) copy.events.set(action, count);
    for (const [number, into] of this.successors) copy.successors.set(number, into);
    copy.gone.push(...this.gone);
    copy.created = this.created;
    return copy;
  }

  /** On how many issues any of them is linked. */
  issuesOf(numbers: readonly number[]): number {
    return [...this.links.values()].filter((linked) => numbers.some((number) => linked.has(number))).length;
  }

  /** @param number the one the store gave a new record */
  apply(step: Step, number: number | undefined): void {
    if (this.changes(step, number)) this.events.set(step.do, (this.events.get(step.do) ?? 0) + 1);
  }

  /** @returns whether the step changed anything */
  private changes(step: Step, number: number | undefined): boolean {
    switch (step.do) {
      case "create":
        return this.create(step, number);
      case "edit":
        return this.edit(step);
      case "activate":
        return this.put(step.contact, { state: "active" });
      case "deactivate":
        return this.put(step.contact, { state: "inactive" });
      case "add":
      case "remove":
        return this.link(step);
      case "merge":
        return this.merge(step.keep, step.duplicates);
      case "erase":
        return this.erase(step.contact);
      case "create_organization":
        if (this.hasName(step.name) || number === undefined) return false;
        this.organizations.set(number, step.name);
        return true;
      case "merge_organizations":
        return this.mergeOrganizations(step.keep, step.duplicates);
      case "erase_organization":
        this.reassign(step.organization, undefined);
        return this.organizations.delete(step.organization);
    }
  }

  private create(
    { email, organization }: Extract<Step, { do: "create" }>,
    number: number | undefined,
  ): boolean {
    const fits =
      !this.isTaken(email, number) && (organization === undefined || this.organizations.has(organization));
    if (!fits || number === undefined) return false;
    const name = nameOf(this.created++);
    this.contacts.set(number, {
      name,
      state: "active",
      ...(email !== undefined && { email }),
      ...(organization !== undefined && { organization }),
    });
    return true;
  }

  private edit({ contact, email, organization }: Extract<Step, { do: "edit" }>): boolean {
    const before = this.contacts.get(contact);
    if (before === undefined || this.isTaken(email, contact)) return false;
    const unknown = typeof organization === "number" && !this.organizations.has(organization);
    if (unknown && organization !== before.organization) return false;
    const { email: oldEmail, organization: oldEmployer, ...others } = before;
    const newEmail = email ?? oldEmail ?? "";
    const newEmployer = organization ?? oldEmployer ?? "none";
    this.contacts.set(contact, {
      ...others,
      ...(newEmail !== "" && { email: newEmail }),
      ...(newEmployer !== "none" && { organization: newEmployer }),
    });
    return newEmail !== (oldEmail ?? "") || newEmployer !== (oldEmployer ?? "none");
  }

  private put(contact: number, change: Partial<ModelContact>): boolean {
    const before = this.contacts.get(contact);
    if (before === undefined || before.state === change.state) return false;
    this.contacts.set(contact, { ...before, ...change });
    return true;
  }

  private link({ do: what, issue, contacts }: Extract<Step, { do: "add" | "remove" }>): boolean {
    const linked = this.links.get(issue) ?? new Set();
    const before = linked.size;
    for (const contact of contacts) {
      const meant = this.resolve(contact);
      if (meant === undefined) continue;
      if (what === "remove") linked.delete(meant);
      else if (this.contacts.get(meant)?.state === "active") linked.add(meant);
    }
    this.links.set(issue, linked);
    return linked.size !== before;
  }

  private merge(keep: number, duplicates: readonly number[]): boolean {
    const leaving = duplicates.filter((number) => number !== keep && this.contacts.has(number));
    if (!this.contacts.has(keep) || leaving.length === 0) return false;
    for (const number of new Set(leaving)) {
      const { name, email, organization } = this.contacts.get(number) ?? { name: "" };
      const { state, name: own, ...filled } = this.contacts.get(keep) ?? { name: "", state: "active" };
      this.contacts.set(keep, {
        name: own,
        state,
        ...(email !== undefined && { email }),
        ...(organization !== undefined && { organization }),
        ...filled,
      });
      for (const linked of this.links.values()) if (linked.delete(number)) linked.add(keep);
      this.contacts.delete(number);
      this.successors.set(number, keep);
      this.gone.push(name);
    }
    return true;
  }

  private erase(contact: number): boolean {
    this.gone.push(...(this.contacts.has(contact) ? [this.contacts.get(contact)?.name ?? ""] : []));
    for (const linked of this.links.values()) linked.delete(contact);
    return this.contacts.delete(contact);
  }

  private mergeOrganizations(keep: number, duplicates: readonly number[]): boolean {
    const leaving = duplicates.filter((number) => number !== keep && this.organizations.has(number));
    if (!this.organizations.has(keep) || leaving.length === 0) return false;
    for (const number of leaving) {
      this.reassign(number, keep);
      this.organizations.delete(number);
    }
    return true;
  }

  private reassign(from: number, into: number | undefined): void {
    for (const [number, { organization, ...others }] of this.contacts) {
      if (organization !== from) continue;
      this.contacts.set(number, { ...others, ...(into !== undefined && { organization: into }) });
    }
  }

  private isTaken(email: string | undefined, but: number | undefined): boolean {
    if (email === undefined || email === "") return false;
    return [...this.contacts].some(
      ([number, contact]) => number !== but && contact.email?.toLowerCase() === email.toLowerCase(),
    );
  }

  private hasName(name: string): boolean {
    return [...this.organizations.values()].some((other) => other.toLowerCase() === name.toLowerCase());
  }
}
