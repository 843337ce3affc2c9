/** A delivery sent to the app's door by hand: signed as GitHub signs, with any GUID. */
import { webhookPath } from "../../src/intake/door.js";
import { signed, type Delivery } from "../../src/sandbox/github/index.js";
import { webhookSecret, type House } from "./house.js";

/** @returns the status of the answer */
export async function post({ world, app }: House, delivery: Delivery): Promise<number> {
  const { headers, body } = signed(world, delivery, webhookSecret);
  return (await fetch(`${app.url}${webhookPath}`, { method: "POST", headers, body })).status;
}
