/**
 * Forged and replayed deliveries at the door of the real app. What is forged reaches nothing, not even
 * the store; what is genuine does what it says once, however often and under whatever name it comes.
 */
import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Delivery } from "../../src/sandbox/github/index.js";
import { openHouse, webhookSecret, type House } from "../e2e/house.js";
import { signatureOf } from "../intake/open-door.js";
import { engines } from "../support/stores.js";
import { send, sendAndSettle, unheard } from "./sending.js";

describe.each(engines())("on the $name engine", (engine) => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse({ engine });
  });
  afterEach(() => house.close());

  /** Somebody links Jane, and the app has not heard of it. */
  function linking(): Delivery {
    const { people, issues } = house.world.sample;
    const [delivery] = unheard(house, () =>
      house.world.comment(people.pia, issues.login, "/add_contacts [contact:1]"),
    );
    if (delivery === undefined) throw new Error("no delivery");
    return delivery;
  }
  const bodyOf = ({ payload }: Delivery): string => JSON.stringify(payload);
  const linked = () => house.linked(house.world.sample.issues.login);

  const hmac = (body: string, secret: string, algorithm = "sha256") =>
    createHmac(algorithm, secret).update(body).digest("hex");

  const forgeries: readonly (readonly [string, (body: string) => string])[] = [
    ["with the word Probot signs with when it has no secret", (body) => signatureOf(body, "development")],
    ["with an empty secret", (body) => signatureOf(body, "")],
    ["with half of the secret", (body) => signatureOf(body, webhookSecret.slice(0, -1))],
    ["by SHA-1 with the secret", (body) => `sha1=${hmac(body, webhookSecret, "sha1")}`],
    ["by SHA-1 that says it is SHA-256", (body) => `sha256=${hmac(body, webhookSecret, "sha1")}`],
    ["by SHA-512", (body) => `sha256=${hmac(body, webhookSecret, "sha512")}`],
    ["by a digest without a secret", (body) => `sha256=${createHash("sha256").update(body).digest("hex")}`],
    ["cut short", (body) => signatureOf(body).slice(0, -1)],
    ["with one digit more", (body) => `${signatureOf(body)}0`],
    [
      "with one digit changed",
      (body) => signatureOf(body).replace(/.$/, (digit) => (digit === "0" ? "1" : "0")),
    ],
    ["in Base64", (body) => `sha256=${createHmac("sha256", webhookSecret).update(body).digest("base64")}`],
    ["of the body with a space behind it", (body) => signatureOf(`${body} `)],
    [
      "of the same JSON, written differently",
      (body) => signatureOf(JSON.stringify(JSON.parse(body), null, 1)),
    ],
    ["of another comment", (body) => signatureOf(body.replace("[contact:1]", "[contact:2]"))],
    ["twice", (body) => `${signatureOf(body)}, ${signatureOf(body)}`],
    ["of nothing", () => "sha256="],
    ["of zeros", () => `sha256=${"0".repeat(64)}`],
  ];

  test.each(forgeries)("a signature %s is refused, and nothing of it is kept", async (_, forge) => {
    const delivery = linking();
    const body = bodyOf(delivery);
    const heard = await send(house, body, {
      event: delivery.event,
      headers: { "x-hub-signature-256": forge(body) },
    });
    expect([heard.status, heard.text]).toEqual([401, "the signature does not fit\n"]);
    await house.settle();
    expect(await house.store.collection("deliveries").count({}, { limit: 9 })).toBe(0);
    expect(await linked()).toEqual([]);
    expect(house.replies(house.world.sample.issues.login)).toEqual([]);
  });

  test("bytes that are no UTF-8 do not pass for those that were signed", async () => {
    const delivery = linking();
    const signed = bodyOf(delivery).replace("[contact:1]", "[contact:1]\ufffd");
    const [before, after] = signed.split("\ufffd").map((text) => Buffer.from(text)) as [Buffer, Buffer];
    const sent = Buffer.concat([before, Buffer.from([0xff]), after]);
    const headers = { "x-hub-signature-256": signatureOf(signed) };
    expect((await send(house, sent, { event: delivery.event, headers })).status).toBe(400);
  });

  describe("a genuine delivery that comes again", () => {
    const replay = (delivery: Delivery, guid: string) =>
      sendAndSettle(house, delivery.payload, { event: delivery.event, guid });

    /** What people see of it, and what the store holds. */
    const state = async () => ({
      linked: await linked(),
      replies: house.replies(house.world.sample.issues.login),
      reactions: house.reactions(house.world.sample.issues.login),
      events: await house.store.collection("events").count({}, { limit: 99 }),
    });

    test.each<[string, (guid: string, time: number) => string]>([
      ["under its own id", (guid) => guid],
      ["under another id, which no signature covers", (guid, time) => `${guid.slice(0, -2)}${time}0`],
    ])("%s changes nothing", async (_, nameOf) => {
      const delivery = linking();
      expect(await replay(delivery, delivery.guid)).toBe(202);
      const before = await state();
      expect(before).toMatchObject({ linked: [1], replies: [expect.stringContaining("Linked Jane Doe")] });
      for (const time of [1, 2, 3]) expect(await replay(delivery, nameOf(delivery.guid, time))).toBe(202);
      expect(await state()).toEqual(before);
    });

    test.each<[string, (guid: string) => string]>([
      ["under its own id", (guid) => guid],
      ["under another id", (guid) => `${guid.slice(0, -1)}x`],
    ])("%s does not undo what was done since", async (_, nameOf) => {
      const { people, issues } = house.world.sample;
      const delivery = linking();
      await replay(delivery, delivery.guid);
      await house.say(people.dana, issues.login, "/remove_contacts [contact:1]");
      const before = await state();
      expect(before.linked).toEqual([]);
      expect(await replay(delivery, nameOf(delivery.guid))).toBe(202);
      expect(await state()).toEqual(before);
    });

    test("a hundred times at once, it is answered once", async () => {
      const delivery = linking();
      const all = Array.from({ length: 100 }, () =>
        send(house, bodyOf(delivery), { event: delivery.event, guid: delivery.guid }),
      );
      expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([202]));
      await house.settle();
      expect(await state()).toMatchObject({
        linked: [1],
        replies: [expect.stringContaining("Linked Jane Doe")],
        events: 1,
      });
    });
  });
});
