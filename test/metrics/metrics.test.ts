/** Metrics stay bounded whatever is told to them, and a scrape never hangs on the store. */
import { describe, expect, test } from "@jest/globals";
import { createMetrics, type MetricsOptions } from "../../src/metrics/metrics.js";
import type { Queue } from "../../src/metrics/watch.js";

const none: Queue = { waiting: 0, oldest: undefined };
const create = (options: Partial<MetricsOptions> = {}) =>
  createMetrics({
    version: "1.2.3",
    queue: () => Promise.resolve(none),
    contentLeft: () => new Map(),
    now: Date.now,
    ...options,
  });

const seriesOf = (text: string, name: string): string[] =>
  text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));

describe("a label", () => {
  test.each([
    ["an address", "jane@acme.com"],
    ["a path", "/repos/acme/helpdesk"],
    ["a name of two words with a dot", "Dr. Jane"],
    ["many words", "jane doe lives here"],
    ["a very long word", "x".repeat(41)],
    ["nothing", ""],
    ["quotes", 'a"} 1\nevil{x="'],
  ])("never holds %s", async (_, word) => {
    const metrics = create();
    metrics.received(word, word, 202);
    metrics.worked(word, "done", word, 0.1);
    metrics.stored(word, true, 0.1);
    metrics.asked({ operation: word, status: 200, seconds: 1, installation: undefined, rateLimitLeft: 1 });
    const text = await metrics.render();
    expect(seriesOf(text, "liaison_deliveries_received_total")).toEqual([
      'liaison_deliveries_received_total{event="other",outcome="other",status="202"} 1',
    ]);
    expect(seriesOf(text, "liaison_github_call_duration_seconds_count")).toEqual([
      'liaison_github_call_duration_seconds_count{operation="other",status="2xx"} 1',
    ]);
    if (word !== "") expect(text).not.toContain(word);
  });

  test("has only so many values", async () => {
    const metrics = create();
    for (let event = 0; event < 1_000; event += 1) metrics.received(`event_${event}`, "stored", 202);
    const series = seriesOf(await metrics.render(), "liaison_deliveries_received_total");
    expect(series).toHaveLength(31);
    expect(series.at(-1)).toBe(
      'liaison_deliveries_received_total{event="other",outcome="stored",status="202"} 970',
    );
  });
});

test("of more than 200 installations those heard of last are told", async () => {
  const metrics = create();
  const ask = (installation: number, rateLimitLeft: number) =>
    metrics.asked({ operation: "permission", status: 200, seconds: 0.1, installation, rateLimitLeft });
  for (let installation = 1; installation <= 200; installation += 1) ask(installation, 5000);
  ask(1, 4999);
  ask(201, 4000);
  const text = await metrics.render();
  const series = seriesOf(text, "liaison_github_rate_limit_remaining");
  expect(series).toHaveLength(200);
  expect(series).toContain('liaison_github_rate_limit_remaining{installation="1"} 4999');
  expect(series).toContain('liaison_github_rate_limit_remaining{installation="201"} 4000');
  expect(series.filter((line) => line.includes('"2"'))).toEqual([]);
});

test("the budget of comments is read at every scrape, for it recovers by itself", async () => {
  const left = new Map([[7, 0]]);
  const metrics = create({ contentLeft: () => left });
  const told = async () => seriesOf(await metrics.render(), "liaison_github_content_budget_remaining");
  expect(await told()).toEqual(['liaison_github_content_budget_remaining{installation="7"} 0']);
  left.set(7, 12).set(9, 35);
  expect(await told()).toEqual([
    'liaison_github_content_budget_remaining{installation="7"} 12',
    'liaison_github_content_budget_remaining{installation="9"} 35',
  ]);
});

test("a delivery whose words are owed is told as such", async () => {
  const metrics = create();
  metrics.worked("comment", "done", "owed", 0.1);
  expect(seriesOf(await metrics.render(), "liaison_delivery_duration_seconds_count")).toEqual([
    'liaison_delivery_duration_seconds_count{event="comment",state="done",outcome="owed"} 1',
  ]);
});

test.each<[number | undefined, string]>([
  [200, "2xx"],
  [304, "3xx"],
  [404, "4xx"],
  [503, "5xx"],
  [undefined, "none"],
])("a status of %p is of the class %s", async (status, name) => {
  const metrics = create();
  metrics.asked({ operation: "app", status, seconds: 0.1, installation: 1, rateLimitLeft: undefined });
  const text = await metrics.render();
  expect(text).toContain(`liaison_github_call_duration_seconds_count{operation="app",status="${name}"} 1\n`);
  expect(seriesOf(text, "liaison_github_rate_limit_remaining")).toEqual([]);
});

describe("the queue", () => {
  test("is looked at once in five seconds, however often somebody asks", async () => {
    let [looks, time] = [0, 1_000_000];
    const queue = () => Promise.resolve({ waiting: (looks += 1), oldest: new Date(time - 90_000) });
    const metrics = create({ queue, now: () => time });
    await metrics.render();
    expect(await metrics.render()).toContain("liaison_inbox_oldest_age_seconds 90\n");
    expect(looks).toBe(1);
    time += 5_000;
    expect(await metrics.render()).toContain("liaison_inbox_deliveries 2\n");
  });

  test.each<[string, () => Promise<Queue>]>([
    ["does not answer", () => new Promise(() => undefined)],
    ["fails", () => Promise.reject(new Error("mongodb://user:password@host"))],
  ])("of a store that %s is not a number, and all else is told within three seconds", async (_, queue) => {
    const started = performance.now();
    const text = await create({ queue }).render();
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(text).toContain("liaison_inbox_deliveries Nan\n");
    expect(text).toContain('liaison_build_info{version="1.2.3"');
  });
});

test("two apps in one process count for themselves", async () => {
  const [one, other] = [create(), create()];
  one.parsed(0.01);
  expect(await one.render()).toContain("liaison_parse_duration_seconds_count 1\n");
  expect(await other.render()).toContain("liaison_parse_duration_seconds_count 0\n");
});
