/** A unit as `systemctl list-units` shows it. */
export interface ListedUnit {
  /** `loaded`, `masked`, `not-found` … */
  readonly load: string;
  /** `active`, `inactive`, `failed`, `activating` … */
  readonly active: string;
}

/** Reads `systemctl list-units --plain --no-legend --full`: unit, load, active and more, which is not looked at. */
export function parseUnits(text: string): Map<string, ListedUnit> {
  const units = new Map<string, ListedUnit>();
  for (const line of text.split('\n')) {
    // Older systemds mark failed units by a dot or a star in spite of --plain.
    const [unit, load, active] = line.replace(/^[^a-z]+/, '').split(/\s+/);
    if (unit && load && active) units.set(unit, { load, active });
  }
  return units;
}

/** Reads `systemctl list-jobs --no-legend --full`: the type (`start`, `stop` …) of each unit's pending job. */
export function parseJobs(text: string): Map<string, string> {
  const jobs = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, unit, type] = /^\s*\d+\s+(\S+)\s+(\S+)/.exec(line) ?? [];
    if (unit && type) jobs.set(unit, type);
  }
  return jobs;
}

/** Reads `systemctl show --property=Id,…`: the properties of each unit, by its name. */
export function parseProperties(text: string): Map<string, Record<string, string>> {
  const units = new Map<string, Record<string, string>>();
  for (const block of text.split(/\n{2,}/)) {
    const properties = Object.fromEntries(
      block
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    if (properties.Id) units.set(properties.Id, properties);
  }
  return units;
}

/** A number among the properties; systemd writes "none" as `[not set]`, as the largest number it has, or not at all. */
export function numberOf(property: string | undefined): number | null {
  const number = property === undefined || property === '' ? Number.NaN : Number(property);
  return Number.isSafeInteger(number) ? number : null;
}
