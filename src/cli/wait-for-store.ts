/**
 * Opens the store, and waits for it as long as it takes when it does not answer: a process that ended
 * would only be started again. Whoever is not let in hears so at once.
 */
import { setTimeout as pause } from "node:timers/promises";
import { openWaitingRoom, type WaitingRoom } from "../intake/waiting-room.js";
import { StoreRefusedError, StoreUnavailableError, type Store } from "../store/store.js";

/** Milliseconds between two tries. */
const firstPause = 500;
const longestPause = 5_000;

/**
 * @param open tries once
 * @param http where to say meanwhile that nothing is ready
 * @param waiting told before each pause
 * @throws what `open` throws, unless the same call may work later
 */
export async function waitForStore(
  open: () => Promise<Store>,
  http: { readonly host: string; readonly port: number },
  waiting: (error: StoreUnavailableError) => void,
): Promise<Store> {
  let room: WaitingRoom | undefined;
  try {
    for (let wait = firstPause; ; wait = Math.min(longestPause, wait * 2)) {
      const opened = await open().catch(unlessLater);
      if (!(opened instanceof StoreUnavailableError)) return opened;
      waiting(opened);
      room ??= await openWaitingRoom(http);
      await pause(wait);
    }
  } finally {
    await room?.close();
  }
}

function unlessLater(error: unknown): StoreUnavailableError {
  if (error instanceof StoreUnavailableError && !(error instanceof StoreRefusedError)) return error;
  throw error;
}
