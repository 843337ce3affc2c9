/** What merging and erasing ask for: contacts and organizations resolve to the number that stands in the reference. */
import type { DepartureTools } from "../../src/commands/departures.js";
import type { Forecast } from "../../src/crm/forecast.js";
import { contact, organization } from "./listing.js";
import { recordTools } from "./record-fakes.js";

export const forecast: Forecast = { leaving: [2], fields: ["email"], issues: 3, employed: 4 };

/** Numbers above 99 and names belong to nobody; "Twins" to two. */
export function departureTools() {
  const asked: unknown[][] = [];
  const numberIn = (value: string) => Number(/^#?(\d{1,2})$/.exec(value)?.[1] ?? 0);
  const tools: DepartureTools = {
    ...recordTools().tools,
    contacts: {
      list: () => Promise.resolve([]),
      resolve: (_, references) =>
        Promise.resolve(
          references.map(({ value }) => {
            if (value === "Twins") return { type: "ambiguous", candidates: [contact(5), contact(6)] };
            const number = numberIn(value);
            return number === 0 ? { type: "unknown" } : { type: "found", contact: contact(number) };
          }),
        ),
    },
    organizations: {
      resolve: (_, value) =>
        Promise.resolve(numberIn(value) === 0 ? undefined : organization(numberIn(value))),
      byDomain: () => Promise.resolve([]),
    },
    merges: {
      forecast: (kind, { keep, duplicates }) => {
        asked.push([kind, keep, duplicates]);
        return Promise.resolve(forecast);
      },
    },
    erasures: {
      forecast: (kind, number) => {
        asked.push([kind, number]);
        return Promise.resolve(forecast);
      },
    },
  };
  return { tools, asked };
}
