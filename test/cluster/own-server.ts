/**
 * What hurts a MongoDB server: tests here start one of their own (SecantusDB), for they kill it. They run
 * in `npm run test:mongo` only; on a server that somebody gave us they would harm others.
 */
import { describe } from "@jest/globals";
import { MongoClient, type Document } from "mongodb";

const isInstalled = process.env.LIAISON_TEST_OWN_MONGODB !== undefined;

/** `npm run test:mongo` without MONGODB_URI, as CI runs it, leaves nothing out. */
export const describeOwnServer = isInstalled ? describe : describe.skip;

/** What befalls the next commands of these names on the server. */
export interface FailPoint {
  readonly failCommands: readonly string[];
  readonly closeConnection?: boolean;
  readonly errorCode?: number;
  readonly writeConcernError?: { readonly code: number; readonly errmsg: string };
}

/** Makes the next `times` of these commands fail. */
export async function failNext(uri: string, times: number, data: FailPoint): Promise<void> {
  await admin(uri, { configureFailPoint: "failCommand", mode: { times }, data });
}

export async function admin(uri: string, command: Document): Promise<void> {
  const client = new MongoClient(uri);
  try {
    await client.db("admin").command(command);
  } finally {
    await client.close();
  }
}
