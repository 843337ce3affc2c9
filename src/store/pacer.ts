/** Long loops let other work run: whoever holds the event loop holds up every request and every timer. */

/** How long a loop may hold the event loop, in milliseconds, before others get their turn. */
const SLICE = 10;

/** @returns what a loop awaits between its parts: it lets other work run once the slice is over */
export function pacer(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}
