/**
 * A local GitHub: the part of the REST API and the webhooks that Liaison needs, on loopback, over a
 * world in memory. For the sandbox and for tests; this is its only door.
 */
import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Exchange, ExchangeObserver } from "./exchange.js";
import { Faults } from "./faults.js";
import { listener } from "./server.js";
import type { World } from "./world.js";

export { deliver, signed } from "./deliver.js";
export type { Deliverer, Hook } from "./deliver.js";
export type { Attempt, Delivery } from "./deliveries.js";
export type { Exchange, ExchangeObserver } from "./exchange.js";
export type { FaultKind } from "./faults.js";
export { Faults } from "./faults.js";
export type * from "./records.js";
export type { RoleChoice, RoleName } from "./acts/people.js";
export { createSampleWorld } from "./sample-world.js";
export type { Sample, SampleWorld } from "./sample-world.js";
export { World } from "./world.js";
export type { WorldOptions } from "./state.js";

export interface StartOptions {
  readonly world: World;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Of the app, PEM or key object; without it any well-formed token of the app is believed. */
  readonly publicKey?: string | KeyObject;
}

export interface LocalGitHub {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  readonly url: string;
  /** Everything asked so far, oldest first. Tests may empty it. */
  readonly requests: Exchange[];
  readonly faults: Faults;
  /** @returns a function that ends the subscription */
  onExchange(observer: ExchangeObserver): () => void;
  /** Drops open connections too. */
  close(): Promise<void>;
}

export async function startGitHub({ world, port = 0, publicKey }: StartOptions): Promise<LocalGitHub> {
  const faults = new Faults();
  const requests: Exchange[] = [];
  const observers = new Set<ExchangeObserver>();
  const observe = (exchange: Exchange) => {
    requests.push(exchange);
    for (const observer of observers) observer(exchange);
  };
  const key = typeof publicKey === "string" ? createPublicKey(publicKey) : publicKey;
  const answer = listener({ world, publicKey: key, faults, observe });
  const server = createServer((request, response) => {
    // A client that hangs up in the middle is the client's business.
    answer(request, response).catch(() => response.destroy());
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    faults,
    onExchange: (observer) => {
      observers.add(observer);
      return () => {
        observers.delete(observer);
      };
    },
    close: () => close(server),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
