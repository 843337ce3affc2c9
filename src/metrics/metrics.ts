/**
 * `/metrics`: what the house tells its watch, as Prometheus reads it. A registry of its own for each
 * app. Names, units and labels follow Prometheus' conventions; labels hold words of our code and
 * numbers of installations only.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { InstallationGauge } from "./installations.js";
import { addQueueGauges } from "./queue-gauges.js";
import type { Queue, Watch } from "./watch.js";
import { boundedWords } from "./words.js";

export interface Metrics extends Watch {
  readonly contentType: string;
  /** Everything in Prometheus' text format. */
  readonly render: () => Promise<string>;
}

export interface MetricsOptions {
  /** Of Liaison: `0.1.0`. */
  readonly version: string;
  readonly queue: () => Promise<Queue>;
  /** Installation -> how many more comments GitHub would take from it now, by our own count. */
  readonly contentLeft: () => ReadonlyMap<number, number>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Seconds. A parse takes microseconds, a delivery up to some seconds. */
const BUCKETS = {
  parse: [0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1],
  store: [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2],
  suggest: [0.001, 0.002_5, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1],
  github: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  delivery: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
};

const mostEvents = 30;
const mostOutcomes = 40;
const mostOperations = 40;

export function createMetrics({ version, queue, contentLeft, now }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addQueueGauges(registry, queue, now);
  addBuildInfo(registry, version);
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    ...watchDeliveries(registry),
    ...watchWork(registry),
    ...watchGitHub(registry, contentLeft),
  };
}

function addBuildInfo(registry: Registry, version: string): void {
  const help = "1; the labels say what runs.";
  const labelNames = ["version", "node"] as const;
  const gauge = new Gauge({ name: "liaison_build_info", help, labelNames, registers: [registry] });
  gauge.set({ version, node: process.versions.node }, 1);
}

function watchDeliveries(registry: Registry): Pick<Watch, "received" | "worked"> {
  const [eventWord, outcomeWord] = [boundedWords(mostEvents), boundedWords(mostOutcomes)];
  const received = new Counter({
    name: "liaison_deliveries_received_total",
    help: "Deliveries at the door by event, what became of them there, and the answer's status.",
    labelNames: ["event", "outcome", "status"],
    registers: [registry],
  });
  const worked = new Histogram({
    name: "liaison_delivery_duration_seconds",
    help: "Tries to work on a stored delivery, by what was said, how the try ended and its outcome.",
    labelNames: ["event", "state", "outcome"],
    buckets: BUCKETS.delivery,
    registers: [registry],
  });
  return {
    received: (event, outcome, status) =>
      received.inc({ event: eventWord(event), outcome: outcomeWord(outcome), status }),
    worked: (event, state, outcome, seconds) =>
      worked.observe({ event: eventWord(event), state, outcome: outcomeWord(outcome) }, seconds),
  };
}

function watchWork(registry: Registry): Pick<Watch, "parsed" | "suggested" | "stored"> {
  const operationWord = boundedWords(mostOperations);
  const duration = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `liaison_${name}_duration_seconds`, help, buckets, registers: [registry] });
  const parsed = duration("parse", "Reading the quick actions of a text.", BUCKETS.parse);
  const suggested = duration("suggestion", "Looking for who could be meant.", BUCKETS.suggest);
  const stored = new Histogram({
    name: "liaison_store_operation_duration_seconds",
    help: "Operations of the store by kind, and whether they succeeded (a refused duplicate did not).",
    labelNames: ["operation", "outcome"],
    buckets: BUCKETS.store,
    registers: [registry],
  });
  return {
    parsed: (seconds) => parsed.observe(seconds),
    suggested: (seconds) => suggested.observe(seconds),
    stored: (operation, succeeded, seconds) =>
      stored.observe({ operation: operationWord(operation), outcome: succeeded ? "ok" : "failed" }, seconds),
  };
}

function watchGitHub(registry: Registry, contentLeft: MetricsOptions["contentLeft"]): Pick<Watch, "asked"> {
  const operationWord = boundedWords(mostOperations);
  const asked = new Histogram({
    name: "liaison_github_call_duration_seconds",
    help: "Requests to GitHub by what was asked for and the class of the answer's status.",
    labelNames: ["operation", "status"],
    buckets: BUCKETS.github,
    registers: [registry],
  });
  const rateLimit = new InstallationGauge(
    registry,
    "liaison_github_rate_limit_remaining",
    "Requests GitHub still takes from an installation in this hour, by its last answer.",
  );
  new InstallationGauge(
    registry,
    "liaison_github_content_budget_remaining",
    "Comments GitHub still takes from an installation now, by our own count.",
    contentLeft,
  );
  return {
    asked({ operation, status, seconds, installation, rateLimitLeft }) {
      asked.observe({ operation: operationWord(operation), status: classOf(status) }, seconds);
      if (installation !== undefined && rateLimitLeft !== undefined)
        rateLimit.set(installation, rateLimitLeft);
    },
  };
}

/** `2xx`; `none` where no answer came. */
const classOf = (status: number | undefined): string =>
  status === undefined ? "none" : `${Math.floor(status / 100)}xx`;
