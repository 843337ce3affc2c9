/** Types of server.mjs, which also runs where nothing is compiled. */
import type { MongoClientOptions } from "mongodb";

export interface MongoServer {
  readonly uri: string;
  readonly port: number;
  kill(): Promise<void>;
  restart(flags?: readonly string[], client?: MongoClientOptions): Promise<void>;
  stop(): Promise<void>;
}

export function installServer(): void;
export function freePort(): Promise<number>;
export function startMongoServer(options?: {
  readonly flags?: readonly string[];
  readonly client?: MongoClientOptions;
}): Promise<MongoServer>;
