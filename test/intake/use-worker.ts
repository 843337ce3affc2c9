/** Workers for each test of a file, stopped after it, and conversations that fail as often as wanted. */
import { afterEach } from "@jest/globals";
import type { Engine } from "../support/stores.js";
import { useInbox } from "./use-inbox.js";
import { openWorkshop, type Bench, type Workshop } from "./workshop.js";

type Options = Parameters<typeof openWorkshop>[2];

/** As `useInbox`; workers end before their store, for hooks run in the order they are written in. */
export function useWorker(engine: Engine) {
  const shops: Workshop[] = [];
  afterEach(async () => {
    await Promise.all(shops.splice(0).map(({ worker }) => worker.stop()));
  });
  const { bench, put } = useInbox(engine);
  /** @param its what this worker sees otherwise than it is: a store that fails, say */
  const open = (
    handle?: Parameters<typeof openWorkshop>[1],
    options?: Options,
    its?: Partial<Pick<Bench, "inbox">>,
  ): Workshop => {
    const shop = openWorkshop({ ...bench(), ...its }, handle, options);
    shops.push(shop);
    shop.worker.start();
    return shop;
  };
  return { bench, put, open };
}

/** Fails for the texts given, one error a try. */
export function failing(failures: Readonly<Record<string, readonly Error[]>>) {
  const tries = new Map<string, number>();
  return ({ text }: { readonly text: string }): Promise<void> => {
    const tried = tries.get(text) ?? 0;
    tries.set(text, tried + 1);
    const error = failures[text]?.[tried];
    return error ? Promise.reject(error) : Promise.resolve();
  };
}

export const forever = (error: Error): readonly Error[] => Array.from({ length: 99 }, () => error);
