/** What monitoring and the log see of a house at work: numbers and words of ours, and of nobody's data. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { webhookPath } from "../../src/intake/door.js";
import { engines } from "../support/stores.js";
import { openHouse, type House } from "./house.js";

const metricsToken = "a-token-for-tests";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ engine, metricsToken });
  });
  afterEach(() => house.close());

  const scrape = async () => {
    const answer = await fetch(`${house.app.url}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("text/plain"),
    ]);
    return answer.text();
  };

  test("a scrape counts and times what was done, by words of ours", async () => {
    const { pia, gus } = house.world.sample.people;
    const { login } = house.world.sample.issues;
    await house.say(pia, login, "/add_contacts [contact:jane@acme.com] jnae@acme.com");
    await house.say(pia, login, "Thanks!");
    await house.say(gus, login, "/contacts");
    await fetch(`${house.app.url}${webhookPath}`, { method: "POST", body: "jane@acme.com" });
    const text = await scrape();

    expect(
      valueOf(text, 'liaison_deliveries_received_total{event="issue_comment",outcome="stored",status="202"}'),
    ).toBe(2);
    expect(
      valueOf(
        text,
        'liaison_deliveries_received_total{event="issue_comment",outcome="ignored",status="202"}',
      ),
    ).toBeGreaterThan(0);
    expect(
      valueOf(text, 'liaison_deliveries_received_total{event="other",outcome="refused",status="415"}'),
    ).toBe(1);
    expect(
      valueOf(
        text,
        'liaison_delivery_duration_seconds_count{event="comment",state="done",outcome="answered"}',
      ),
    ).toBe(2);
    expect(valueOf(text, "liaison_parse_duration_seconds_count")).toBeGreaterThanOrEqual(2);
    expect(valueOf(text, "liaison_suggestion_duration_seconds_count")).toBe(1);
    expect(
      valueOf(text, 'liaison_store_operation_duration_seconds_count{operation="find_one",outcome="ok"}'),
    ).toBeGreaterThan(0);
    expect(
      valueOf(text, 'liaison_github_call_duration_seconds_count{operation="create_comment",status="2xx"}'),
    ).toBe(2);
    expect(
      valueOf(text, 'liaison_github_call_duration_seconds_count{operation="permission",status="2xx"}'),
    ).toBeGreaterThanOrEqual(2);
    expect(valueOf(text, "liaison_inbox_deliveries")).toBe(0);
    expect(valueOf(text, "liaison_inbox_oldest_age_seconds")).toBe(0);
    expect(text).toMatch(/^liaison_build_info\{version="\d+\.\d+\.\d+",node="\d+\.[\d.]+"\} 1$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    // Every request we make has a name of its own.
    expect(text).not.toContain('operation="other"');
  });

  test("a scrape holds nothing of the world", async () => {
    const { pia, dana } = house.world.sample.people;
    const { login, typo } = house.world.sample.issues;
    house.github.faults.next(1, { match: { path: /permission$/ }, status: 500 });
    await house.say(pia, login, "/add_contacts [contact:jane@acme.com] jnae@acme.com\n/find_contacts Stone");
    await house.say(dana, typo, "/add_contacts jane@acme.com");
    house.world.comment(pia, login, "/add_contcats bob@acme.com");
    await house.settle();
    const world = new RegExp(
      `\\b(${[...wordsOf(house), "jane", "bob", "stone", "jnae", "contcats"].join("|")})\\b|@|repos/`,
      "i",
    );
    const labels = [...(await scrape()).matchAll(/\{(.*)\}/g)].map(([, inside = ""]) => inside);
    expect(labels.length).toBeGreaterThan(100);
    expect(labels.filter((inside) => world.test(inside))).toEqual([]);
  });

  test("a line of the log says where a delivery belongs, how it ended and what it took", async () => {
    const { acme, issues, people } = house.world.sample;
    await house.say(people.pia, issues.login, "/contacts");
    await house.say(people.pia, issues.login, "Thanks!");
    const lines = house.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const told = lines.filter(({ msg }) => msg === "delivery");
    expect(told.find(({ state }) => state === "done")).toMatchObject({
      level: "info",
      delivery: expect.stringMatching(/^[\da-f-]{36}$/),
      event: "comment",
      account: acme.id,
      repository: issues.login.repository.id,
      outcome: "answered",
      attempts: 1,
      calls: expect.any(Number),
      ms: expect.any(Number),
    });
    expect(told.find(({ state }) => state === "done")?.calls).toBeGreaterThanOrEqual(2);
    expect(told.filter(({ why }) => why === "no quick action")).toMatchObject([
      { level: "debug", event: "issue_comment", outcome: "ignored", delivery: expect.any(String) },
    ]);
  });
});

/** The value of one series; NaN when there is none. */
function valueOf(text: string, series: string): number {
  const line = text.split("\n").find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? Number.NaN);
}

/** Logins, names of people and repositories. */
const wordsOf = ({ world }: House): readonly string[] =>
  [
    ...world.accounts.flatMap(({ login, name }) => [login, name]),
    ...world.repositories.map(({ name }) => name),
  ]
    .filter((word): word is string => typeof word === "string" && word.length > 2)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
