/**
 * Somebody at work in the sandbox: who they are, where they are, and what they see after what they
 * did. The terminal and scripts are two ways of typing into the same session.
 */
import type { Comment, Issue, Person, Repository } from "./github/index.js";
import { changesOn, lookAt, type Seen } from "./thread.js";
import type { Sandbox } from "./start.js";

/** What was typed makes no sense here; the message says what to type instead. */
export class SessionError extends Error {
  override readonly name = "SessionError";
}

export class Session {
  person: Person;
  issue: Issue;

  constructor(readonly sandbox: Sandbox) {
    const { people, issues } = sandbox.world.sample;
    this.person = people.pia;
    this.issue = issues.login;
  }

  /** `pia (triage) on acme/helpdesk#1, private` */
  get place(): string {
    const { repository, number } = this.issue;
    const address = `${repository.owner.login}/${repository.name}#${number}`;
    return `${this.person.login} (${this.roleOn(repository)}) on ${address}, ${repository.visibility}`;
  }

  roleOn(repository: Repository): string {
    return this.sandbox.world.permission(repository, this.person).roleName;
  }

  /** Writes a comment. @returns what happened on the issue because of it */
  say(body: string): Promise<readonly string[]> {
    return this.act(() => {
      this.sandbox.world.comment(this.person, this.issue, body);
    });
  }

  /** Rewrites the newest comment of this person on this issue. */
  edit(body: string): Promise<readonly string[]> {
    const mine = this.comments().findLast(({ author }) => author.id === this.person.id);
    if (mine === undefined) throw new SessionError(`${this.person.login} has no comment here to edit.`);
    return this.act(() => {
      this.sandbox.world.editComment(this.person, mine, body);
    });
  }

  /** Ticks the n-th box, from 1, of the newest comment with boxes. */
  tick(n: number): Promise<readonly string[]> {
    const withBoxes = this.comments().findLast(({ body }) => /^- \[[ x]\] /m.test(body));
    const boxes = withBoxes?.body.match(/^- \[[ x]\] /gm)?.length ?? 0;
    if (withBoxes === undefined) throw new SessionError("No comment here has boxes to tick.");
    if (!(n >= 1 && n <= boxes))
      throw new SessionError(`The newest comment with boxes has ${boxes}. Try :tick 1.`);
    return this.act(() => {
      this.sandbox.world.tick(this.person, withBoxes, n);
    });
  }

  /** Opens an issue and moves there. */
  async open(title: string, body: string): Promise<readonly string[]> {
    this.mustSee();
    this.issue = this.sandbox.world.openIssue(this.person, this.issue.repository, title, body);
    await this.sandbox.idle();
    return changesOn(
      { comments: new Map(), reactions: new Set() },
      this.look(),
      this.sandbox.world.app.bot.id,
    );
  }

  /** Puts a config file on the default branch of the repository at hand. */
  push(text: string): Promise<readonly string[]> {
    return this.act(() => {
      this.sandbox.world.pushFile(this.person, this.issue.repository, ".github/liaison.yml", text);
    });
  }

  comments(): readonly Comment[] {
    return [...this.sandbox.world.comments.values()].filter(({ issue }) => issue === this.issue);
  }

  private mustSee(): void {
    if (this.roleOn(this.issue.repository) === "none") {
      throw new SessionError(
        `${this.person.login} cannot see this repository. Try :as pia, or :repo website.`,
      );
    }
  }

  private async act(deed: () => void): Promise<readonly string[]> {
    this.mustSee();
    const before = this.look();
    deed();
    await this.sandbox.idle();
    return changesOn(before, this.look(), this.sandbox.world.app.bot.id);
  }

  private look(): Seen {
    return lookAt(this.sandbox.world, this.issue);
  }
}
