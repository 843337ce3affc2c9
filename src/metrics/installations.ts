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

  constructor(registry: Registry, name: string, help: string) {
    this.#gauge = new Gauge({ name, help, labelNames: ["installation"], registers: [registry] });
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
