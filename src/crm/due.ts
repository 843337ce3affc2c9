/** Marks that labels have to follow a change. */
import { randomUUID } from "node:crypto";

/** @returns a mark that sorts by time and is like no other: who takes it off cannot take off a later one */
export const dueFrom = (now: Date): string => `${now.toISOString()} ${randomUUID()}`;
