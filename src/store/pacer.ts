/** Long loops let other work run: whoever holds the event loop holds up every request and every timer. */

/** How long a loop may hold the event loop, in milliseconds, before others get their turn. */
const SLICE = 10;

/** @returns what tells whether the slice that begins now is over */
export function slice(): () => boolean {
  const end = performance.now() + SLICE;
  return () => performance.now() >= end;
}

/** @returns what a loop awaits between its parts: it lets other work run once the slice is over */
export function pacer(): () => Promise<void> {
  let isOver = slice();
  return async () => {
    if (!isOver()) return;
    await new Promise((resolve) => setImmediate(resolve));
    isOver = slice();
  };
}
