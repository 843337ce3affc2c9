/**
 * Room for bodies that are still arriving: until its signature is checked, anybody can have sent them.
 * The beginning of each is free, so that ordinary deliveries (a few tens of KB) get in while somebody
 * fills the rest with large ones; how many beginnings there can be is bounded by the connections.
 */

/** Bytes of a body that are always taken. */
const freeBytes = 256 * 1024;
/** Bytes beyond those, over all bodies at once: four of the largest that GitHub sends. */
const sharedBytes = 100 * 1024 * 1024;

export interface Room {
  /** A body begins to arrive. */
  enter(): Place;
}

export interface Place {
  /** @returns false when there is no room for so many bytes more */
  take(bytes: number): boolean;
  /** The body is dealt with. */
  leave(): void;
}

export function createRoom(shared = sharedBytes, free = freeBytes): Room {
  let taken = 0;
  return {
    enter() {
      let size = 0;
      let ours = 0;
      return {
        take(bytes) {
          const more = Math.max(0, size + bytes - free) - ours;
          if (taken + more > shared) return false;
          size += bytes;
          ours += more;
          taken += more;
          return true;
        },
        leave() {
          taken -= ours;
          ours = 0;
        },
      };
    },
  };
}
