/**
 * The world of the local GitHub: set a stage, then let people act on it. Every act makes the
 * webhook payload GitHub would send and hands it to the listeners of `onDelivery`.
 *
 * Acts do not ask for permission: tests want to see what happens when the wrong person acts.
 * `permission()` tells what somebody has.
 */
import * as comments from "./acts/comments.js";
import * as installations from "./acts/installations.js";
import * as issues from "./acts/issues.js";
import * as labels from "./acts/labels.js";
import * as people from "./acts/people.js";
import * as repositories from "./acts/repositories.js";
import type { DeliveryListener } from "./deliveries.js";
import type {
  Account,
  Comment,
  Installation,
  Issue,
  Membership,
  Organization,
  Person,
  ReactionContent,
  Repository,
  Visibility,
} from "./records.js";
import { State } from "./state.js";

type Files = Readonly<Record<string, string | Uint8Array>>;

export class World extends State {
  /** @returns a function that ends the subscription */
  onDelivery(listener: DeliveryListener): () => void {
    return this.deliveries.subscribe(listener);
  }

  person(login: string, options: { id?: number; name?: string } = {}): Person {
    return people.addPerson(this, login, options);
  }

  organization(
    login: string,
    options: { id?: number; name?: string; owners?: readonly Person[]; members?: readonly Person[] } = {},
  ): Organization {
    return people.addOrganization(this, login, options);
  }

  /** `undefined` puts the person out of the organization. */
  member(organization: Organization, person: Person, membership: Membership | undefined): void {
    people.setMember(organization, person, membership);
  }

  /** Makes a team, or replaces the one of that slug. */
  team(
    organization: Organization,
    slug: string,
    members: readonly Person[],
    options: { parent?: string; pending?: readonly Person[] } = {},
  ): void {
    people.setTeam(organization, slug, members, options);
  }

  /** Private unless told otherwise. `files` are on the default branch, `main`. */
  repository(
    owner: Person | Organization,
    name: string,
    options: { id?: number; visibility?: Visibility; files?: Files } = {},
  ): Repository {
    return repositories.addRepository(this, owner, name, options);
  }

  role(repository: Repository, person: Person, role: people.RoleChoice | undefined): void {
    people.setRole(repository, person, role);
  }

  /** To all repositories of the account, unless some are named. `installation.created`. */
  install(
    person: Person,
    account: Person | Organization,
    options: { id?: number; repositories?: readonly Repository[] } = {},
  ): Installation {
    return installations.install(this, person, account, options);
  }

  uninstall(person: Person, installation: Installation): void {
    installations.uninstall(this, person, installation);
  }

  suspend(person: Person, installation: Installation): void {
    installations.suspend(this, person, installation);
  }

  unsuspend(person: Person, installation: Installation): void {
    installations.unsuspend(this, person, installation);
  }

  /** `installation_repositories.added`, `.removed`. */
  selectRepositories(
    person: Person,
    installation: Installation,
    change: { readonly add?: readonly Repository[]; readonly remove?: readonly Repository[] },
  ): void {
    installations.selectRepositories(this, person, installation, change);
  }

  /** `push`. Text `undefined` removes the file; another branch than the default one is only told, not kept. */
  pushFile(
    person: Person,
    repository: Repository,
    path: string,
    text: string | Uint8Array | undefined,
    branch?: string,
  ): void {
    repositories.pushFile(this, person, repository, path, text, branch);
  }

  renameRepository(person: Person, repository: Repository, name: string): void {
    repositories.renameRepository(this, person, repository, name);
  }

  /** `repository.publicized` or `.privatized`. */
  setVisibility(person: Person, repository: Repository, visibility: Visibility): void {
    repositories.setVisibility(this, person, repository, visibility);
  }

  /** Told only where the new owner has the app. */
  transferRepository(person: Person, repository: Repository, to: Person | Organization): void {
    repositories.transferRepository(this, person, repository, to);
  }

  /** Not told to apps at all. */
  deleteRepository(repository: Repository): void {
    repositories.deleteRepository(this, repository);
  }

  /** `organization.renamed` and `installation_target.renamed`. */
  renameOrganization(person: Person, organization: Organization, login: string): void {
    repositories.renameOrganization(this, person, organization, login);
  }

  openIssue(
    person: Person,
    repository: Repository,
    title: string,
    body: string | null = null,
    options: { readonly pullRequest?: boolean } = {},
  ): Issue {
    const { pullRequest = false } = options;
    return issues.openIssue(this, person, repository, { title, body, pullRequest });
  }

  editIssue(person: Person, issue: Issue, change: { readonly title?: string; readonly body?: string }): void {
    issues.editIssue(this, person, issue, change);
  }

  closeIssue(person: Person, issue: Issue): void {
    issues.closeIssue(this, person, issue);
  }

  reopenIssue(person: Person, issue: Issue): void {
    issues.reopenIssue(this, person, issue);
  }

  deleteIssue(person: Person, issue: Issue): void {
    issues.deleteIssue(this, person, issue);
  }

  /** @returns the issue in its new place, with a new number and id */
  transferIssue(person: Person, issue: Issue, to: Repository): Issue {
    return issues.transferIssue(this, person, issue, to);
  }

  /** Makes labels that the repository does not have yet. `issues.labeled` for each that is new on the issue. */
  label(account: Account, issue: Issue, ...names: readonly string[]): void {
    labels.addLabels(this, account, issue, names);
  }

  /** `issues.unlabeled` */
  unlabel(account: Account, issue: Issue, name: string): void {
    labels.removeLabel(this, account, issue, name);
  }

  comment(author: Account, issue: Issue, body: string): Comment {
    return comments.addComment(this, author, issue, body);
  }

  editComment(editor: Account, comment: Comment, body: string): void {
    comments.editComment(this, editor, comment, body);
  }

  /** Toggles the n-th task box, from 1, as a click in GitHub's pages does. */
  tick(person: Person, comment: Comment, n: number): void {
    comments.tick(this, person, comment, n);
  }

  deleteComment(account: Account, comment: Comment): void {
    comments.deleteComment(this, account, comment);
  }

  react(author: Account, target: Comment | Issue, content: ReactionContent): void {
    comments.react(this, author, target, content);
  }
}
