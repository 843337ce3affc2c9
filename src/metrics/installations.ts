/**
 * A gauge with a value for each installation of the app, by its number. Only the installations heard
 * of last are kept: the number of series stays bounded, however many accounts install the app.
 */
import { Gauge, type Registry } from "prom-client";

export const mostInstallations = 200;

export class InstallationGauge {
  readonly #gauge: Gauge<"installation">;
  /** The one heard of longest ago comes first. */
  readonly #known = new Set<number>();

  /** @param read values that change by themselves; asked for at every scrape, of the oldest first */
  constructor(
    registry: Registry,
    name: string,
    help: string,
    read?: () => Iterable<readonly [number, number]>,
  ) {
    const collect =
      read &&
      (() => {
        for (const [installation, value] of read()) this.set(installation, value);
      });
    this.#gauge = new Gauge({
      name,
      help,
      labelNames: ["installation"],
      registers: [registry],
      ...(collect && { collect }),
    });
  }

  set(installation: number, value: number): void {
    this.#known.delete(installation);
    this.#known.add(installation);
    this.#gauge.set({ installation }, value);
    const [oldest] = this.#known;
    if (this.#known.size <= mostInstallations || oldest === undefined) return;
    this.#known.delete(oldest);
    this.#gauge.remove({ installation: oldest });
  }
}
