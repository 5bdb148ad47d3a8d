/** State of a unit in the output of `systemctl list-units`. */
export interface ListedUnit {
  /** `loaded`, `masked`, `not-found` … */
  readonly load: string;
  /** `active`, `inactive`, `failed`, `activating` … */
  readonly active: string;
}

/** Parses the output of `systemctl list-units --plain --no-legend --full`. Returns the state of each unit by name. */
export function parseUnits(text: string): Map<string, ListedUnit> {
  const units = new Map<string, ListedUnit>();
  for (const line of text.split('\n')) {
    // Older versions of systemd mark failed units with a dot or an asterisk despite --plain.
    const [unit, load, active] = line.replace(/^[^a-z]+/, '').split(/\s+/);
    if (unit && load && active) units.set(unit, { load, active });
  }
  return units;
}

/** Parses the output of `systemctl list-jobs --no-legend --full`. Returns the type of each pending job by unit name. */
export function parseJobs(text: string): Map<string, string> {
  const jobs = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, unit, type] = /^\s*\d+\s+(\S+)\s+(\S+)/.exec(line) ?? [];
    if (unit && type) jobs.set(unit, type);
  }
  return jobs;
}

/** Parses the output of `systemctl show --property=Id,…`. Returns the properties of each unit by name. */
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

/** Parses a numeric property. Returns null for unset values: `[not set]`, the maximum integer, or no value. */
export function numberOf(property: string | undefined): number | null {
  const number = property === undefined || property === '' ? Number.NaN : Number(property);
  return Number.isSafeInteger(number) ? number : null;
}
