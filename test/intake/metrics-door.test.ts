/** `/metrics` opens to whoever shows the token, and is not there where nobody set one. */
import { afterEach, expect, test } from "@jest/globals";
import { ask, openDoor, type OpenDoor } from "./open-door.js";

let door: OpenDoor | undefined;
afterEach(async () => {
  await door?.stop();
});

const token = "0123456789abcdef";
const metrics = { token, contentType: "text/plain; version=0.0.4", render: () => Promise.resolve("x 1\n") };

test.each<[string, string | undefined, number]>([
  ["the token", `Bearer ${token}`, 200],
  ["the token, in GitHub's words", `bearer ${token}`, 200],
  ["nothing", undefined, 401],
  ["another token", `Bearer ${token.toUpperCase()}`, 401],
  ["a beginning of it", `Bearer ${token.slice(0, -1)}`, 401],
  ["more than it", `Bearer ${token}0`, 401],
  ["the token alone", token, 401],
  ["the token as a password", `Basic ${Buffer.from(`x:${token}`).toString("base64")}`, 401],
  ["two tokens", `Bearer ${token} ${token}`, 401],
])("whoever shows %s", async (_, authorization, status) => {
  door = await openDoor({ metrics });
  const heard = await ask(door.url, { path: "/metrics", headers: authorization ? { authorization } : {} });
  expect(heard.status).toBe(status);
  if (status === 200) {
    expect([heard.text, heard.headers["content-type"]]).toEqual(["x 1\n", metrics.contentType]);
  } else {
    expect(heard.headers["www-authenticate"]).toBe("Bearer");
    expect(heard.text).not.toContain("x 1");
  }
});

test("without a token there is nothing, whatever is shown", async () => {
  door = await openDoor();
  const heard = await ask(door.url, { path: "/metrics", headers: { authorization: `Bearer ${token}` } });
  expect([heard.status, heard.text]).toEqual([404, "there is nothing here\n"]);
});

test("a token in the address is not looked at", async () => {
  door = await openDoor({ metrics });
  expect((await ask(door.url, { path: `/metrics?token=${token}` })).status).toBe(401);
  expect((await ask(door.url, { method: "POST", path: "/metrics" })).status).toBe(405);
});

test("numbers that cannot be gathered are a 500 that says nothing", async () => {
  const render = () => Promise.reject(new Error("jane@acme.com"));
  door = await openDoor({ metrics: { ...metrics, render } });
  const heard = await ask(door.url, { path: "/metrics", headers: { authorization: `Bearer ${token}` } });
  expect([heard.status, heard.text]).toEqual([500, "something went wrong\n"]);
});
