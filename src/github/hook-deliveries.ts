/** Asks GitHub for its record of deliveries (hook.ts): ids without loss of digits, pages by cursor. */
import { z } from "zod";
import type { Ask } from "./ask.js";
import type { Hook } from "./hook.js";

/** A number that has lost its last digits names another delivery. */
const ID = z
  .union([z.bigint(), z.number().refine(Number.isSafeInteger), z.string().regex(/^\d+$/)])
  .transform(String);
const LIST = z.array(
  z.object({
    id: ID,
    guid: z.string(),
    delivered_at: z.iso.datetime({ offset: true }),
    status_code: z.number(),
    event: z.string(),
    installation_id: z.number().nullish(),
  }),
);

export function createHook(asApp: Ask): Hook {
  return {
    async list({ status, cursor }) {
      const answer = await asApp({
        route: "GET /app/hook/deliveries",
        parameters: { per_page: 100, status, ...(cursor !== undefined && { cursor }) },
        schema: LIST,
      });
      if (!answer.ok) return { deliveries: [], next: undefined };
      const deliveries = answer.data.map((one) => ({
        id: one.id,
        guid: one.guid,
        at: new Date(one.delivered_at),
        status: one.status_code,
        event: one.event,
        installation: typeof one.installation_id === "number" ? one.installation_id : undefined,
      }));
      return { deliveries, next: cursorOf(answer.headers.link) };
    },

    async redeliver(id) {
      const answer = await asApp({
        route: "POST /app/hook/deliveries/{delivery_id}/attempts",
        parameters: { delivery_id: id },
        schema: z.unknown(),
        alsoAnswers: [404, 410, 422],
        once: true,
      });
      return answer.ok;
    },
  };
}

function cursorOf(link: string | number | undefined): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ""))?.[1];
  if (next === undefined || !URL.canParse(next)) return undefined;
  return new URL(next).searchParams.get("cursor") ?? undefined;
}
