/**
 * SQLite through libsql, reduced to what is safe: libsql aborts the whole process when a boolean, a
 * Date or an object is bound and adds properties to rows, so parameters are checked here and rows
 * come as arrays. Text read back ends at its first NUL: nothing but JSON (which escapes it) is read.
 */
import type { default as Libsql } from "libsql";

import { StoreUnavailableError } from "../store.js";

export type Parameter = string | number | bigint;
export type Row = readonly unknown[];

/** The engine's native part is missing: an installation problem, with its remedy. */
export class EngineMissingError extends Error {
  override readonly name = "EngineMissingError";
}

type Connection = InstanceType<typeof Libsql>;
type Statement = ReturnType<Connection["prepare"]>;

async function loadLibsql(): Promise<typeof Libsql> {
  try {
    return (await import("libsql")).default;
  } catch (cause) {
    const remedy = "run npm install without --omit=optional, or set MONGODB_URI to use MongoDB";
    throw new EngineMissingError(`the embedded store has no build for this machine: ${remedy}`, { cause });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** SQLite refused a row because of a primary key or unique index. */
export const isConstraintError = (error: unknown): boolean => codeOf(error).startsWith("SQLITE_CONSTRAINT");

/** Somebody else holds the lock on the file. */
export const isBusyError = (error: unknown): boolean =>
  error instanceof StoreUnavailableError && codeOf(error.cause).startsWith("SQLITE_BUSY");

/**
 * Milliseconds between two commits while writes keep coming: what comes meanwhile shares the next one. A
 * commit blocks the process for about as long.
 */
const commitSpacing = 2;

/** Writes that are brought to disk together. */
interface CommitGroup {
  /** Resolves when all of them are on disk; rejects when none of them is there. */
  readonly onDisk: Promise<void>;
  readonly settle: (failure?: StoreUnavailableError) => void;
}

export class SqliteDatabase {
  readonly #connection: Connection;
  readonly #statements = new Map<string, Statement>();
  #open = true;
  #group: CommitGroup | undefined;
  #longTransaction: Promise<unknown> | undefined;
  #committedAt = 0;
  /** The disk has refused something, and nobody has seen it take anything since. */
  #wasRefused = false;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open(file: string): Promise<SqliteDatabase> {
    const Database = await loadLibsql();
    return new SqliteDatabase(new Database(file));
  }

  /** Runs SQL without parameters; several statements are allowed. */
  exec(sql: string): void {
    this.#attempt(() => this.#connection.exec(sql));
  }

  all(sql: string, parameters: readonly Parameter[] = []): Row[] {
    return this.#attempt(() => this.#statement(sql).raw(true).all(bindable(parameters)) as Row[]);
  }

  /** @returns how many rows changed and the row id of the last insert */
  run(sql: string, parameters: readonly Parameter[] = []): { changes: number; row: number } {
    const result = this.#attempt(() => this.#statement(sql).run(bindable(parameters)));
    return { changes: result.changes, row: Number(result.lastInsertRowid) };
  }

  /** All or nothing; on disk when it returns. `work` must be synchronous. Not while others write. */
  transaction<R>(work: () => R): R {
    return this.#bracket(work, "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK");
  }

  /**
   * All or nothing, as `transaction`, and on disk when it resolves; but the writes of one turn of the event
   * loop, or of two milliseconds while many come, share one commit: bringing something to disk costs
   * more than anything else.
   */
  async write<R>(work: () => R): Promise<R> {
    while (this.#longTransaction !== undefined) await this.#longTransaction;
    const group = (this.#group ??= this.#beginGroup());
    const result = this.#inGroup(group, work);
    await group.onDisk;
    return result;
  }

  /**
   * Resolves when what was read before is on disk: nobody outside may learn of a write that a crash
   * could still undo.
   */
  async settled(): Promise<void> {
    await this.#group?.onDisk;
  }

  /**
   * All or nothing, as `transaction`, but `work` may pause: others' writes wait for its end, so that
   * what they read of it is on disk before anything that follows from it.
   */
  async longTransaction<R>(work: () => Promise<R>): Promise<R> {
    while (this.#longTransaction !== undefined) await this.#longTransaction;
    this.#commitGroup();
    const done = this.#bracketLong(work);
    this.#longTransaction = done.then(ignore, ignore).finally(() => (this.#longTransaction = undefined));
    return done;
  }

  /** All or nothing inside a transaction. */
  savepoint<R>(work: () => R): R {
    return this.#bracket(work, "SAVEPOINT step", "RELEASE step", "ROLLBACK TO step; RELEASE step");
  }

  /** Does it answer? Reading goes on when the disk is full: after a refusal it is asked to write. */
  probe(): Promise<void> {
    return this.write(() => {
      this.all("SELECT 1");
      if (!this.#wasRefused) return;
      this.exec("CREATE TABLE IF NOT EXISTS probe (bytes BLOB)");
      this.run("INSERT INTO probe VALUES (zeroblob(65536))"); // about what a comment needs; a page is always free
      this.run("DELETE FROM probe");
      this.#wasRefused = false;
    });
  }

  close(): void {
    if (!this.#open) return;
    this.#commitGroup();
    this.#open = false;
    this.#statements.clear();
    this.#connection.close();
  }

  #beginGroup(): CommitGroup {
    this.run("BEGIN IMMEDIATE");
    const group = commitGroup();
    const commit = () => {
      if (this.#group === group) this.#commitGroup();
    };
    const early = this.#committedAt + commitSpacing - performance.now();
    if (early > 0) setTimeout(commit, early);
    else setImmediate(commit);
    return group;
  }

  /** One write of a group. SQLite gives up the whole transaction when the disk is full: then all have failed. */
  #inGroup<R>(group: CommitGroup, work: () => R): R {
    try {
      return this.savepoint(work);
    } catch (error) {
      if (this.#open && !this.#connection.inTransaction) this.#endGroup(group, error);
      throw error;
    }
  }

  #commitGroup(): void {
    const group = this.#group;
    if (group === undefined) return;
    try {
      this.run("COMMIT");
      this.#endGroup(group);
    } catch (error) {
      if (this.#connection.inTransaction) this.exec("ROLLBACK");
      this.#endGroup(group, error);
    }
  }

  #endGroup(group: CommitGroup, ...causes: readonly unknown[]): void {
    this.#group = undefined;
    this.#committedAt = performance.now();
    const [cause] = causes;
    group.settle(
      causes.length > 0 ? new StoreUnavailableError("nothing could be written", { cause }) : undefined,
    );
  }

  #bracket<R>(work: () => R, begin: string, commit: string, rollback: string): R {
    this.run(begin);
    try {
      const result = work();
      this.run(commit);
      return result;
    } catch (error) {
      if (this.#connection.inTransaction) this.exec(rollback);
      throw error;
    }
  }

  async #bracketLong<R>(work: () => Promise<R>): Promise<R> {
    this.run("BEGIN IMMEDIATE");
    try {
      const result = await work();
      this.run("COMMIT");
      return result;
    } catch (error) {
      if (this.#open && this.#connection.inTransaction) this.exec("ROLLBACK");
      throw error;
    }
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Constraint errors are the callers' to judge; trouble with the files means: not now. */
  #attempt<R>(work: () => R): R {
    if (!this.#open) throw new StoreUnavailableError("the store is closed");
    try {
      return work();
    } catch (error) {
      const code = codeOf(error);
      if (!/^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM)/.test(code)) throw error;
      this.#wasRefused ||= /FULL|IOERR/.test(code);
      throw new StoreUnavailableError(`the data folder cannot be used: ${code}`, { cause: error });
    }
  }
}

const ignore = (): void => undefined;

function commitGroup(): CommitGroup {
  let settle: CommitGroup["settle"] = ignore;
  const onDisk = new Promise<void>((resolve, reject) => {
    settle = (failure) => {
      if (failure === undefined) resolve();
      else reject(failure);
    };
  });
  onDisk.catch(ignore); // whoever waits for it hears of a failure; nobody may
  return { onDisk, settle };
}

function bindable(parameters: readonly Parameter[]): readonly Parameter[] {
  for (const parameter of parameters)
    if (typeof parameter !== "string" && typeof parameter !== "number" && typeof parameter !== "bigint")
      throw new TypeError(`SQLite cannot bind a ${typeof parameter}`);
  return parameters;
}
