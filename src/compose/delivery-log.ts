/**
 * One line a delivery: at the door where it ends there, else when the worker has done with it. What is
 * ignored is told at debug only. The watch is told the same.
 */
import type { Logger } from "pino";
import type { DoorOptions } from "../intake/door.js";
import type { Incoming } from "../intake/incoming.js";
import type { WorkLog } from "../intake/worker.js";
import type { Watch } from "../metrics/watch.js";
import type { CaseNotes } from "./case-notes.js";

export function doorLog(
  log: Logger,
  watch: Watch | undefined,
): Required<Pick<DoorOptions, "accepted" | "refused">> {
  return {
    accepted(line, incoming) {
      const outcome = outcomeOf(incoming);
      watch?.received(line.event, outcome, 202);
      if (outcome === "stored") return; // the worker tells how it ends
      const why = whyNot(incoming);
      if (why !== undefined) log.debug({ ...line, outcome, why }, "delivery");
      else log.info({ ...line, outcome, kind: incoming.kind }, "delivery");
    },
    refused(line) {
      watch?.received(line.event, line.status < 500 ? "refused" : "not_stored", line.status);
      const { error, ...rest } = line;
      log.warn(error === undefined ? rest : { ...rest, err: error }, "delivery refused");
    },
  };
}

/** `noted`: nothing is left to do. */
function outcomeOf({ kind }: Incoming): "stored" | "noted" | "ignored" {
  if (kind === "conversation") return "stored";
  return kind === "ignored" || kind === "posted" ? "ignored" : "noted";
}

/** Where a comment of ours has to be looked at, the worker tells how that ends. */
function whyNot(incoming: Incoming): string | undefined {
  if (incoming.kind === "ignored") return incoming.why;
  return incoming.kind === "posted" ? "own comment" : undefined;
}

export function workLog(log: Logger, notes: CaseNotes, watch: Watch | undefined): WorkLog {
  return {
    ended({ state, error, ...line }) {
      const note = notes.take(line.delivery);
      watch?.worked(note?.event ?? "other", state, line.outcome, line.ms / 1000);
      const told = { state, ...note, ...line };
      if (state === "done" && line.outcome !== "unreachable") log.info(told, "delivery");
      else log.warn({ ...told, err: error }, "delivery");
    },
    trouble: (error) => log.error({ err: error }, "worker"),
  };
}
