/** Labels of a sample. */
export type Labels = Readonly<Record<string, string>>;

/** A value of a metric. */
export interface MetricSample {
  /** What follows the name of the family, such as `_count`. */
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
}

/** Values with the same meaning. */
export interface MetricFamily {
  /** Ends with the unit, if there is one. */
  readonly name: string;
  readonly type: 'gauge' | 'info' | 'summary';
  readonly unit?: string;
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

/** A family of values that go up and down. */
export function gauge(
  name: string,
  help: string,
  samples: readonly MetricSample[],
  unit?: string,
): MetricFamily {
  return { name, type: 'gauge', unit, help, samples };
}

/**
 * Formats metrics in the text format of OpenMetrics 1.0, for Prometheus and Telegraf.
 *
 * @throws Error if the name of a family does not end with its unit
 */
export function openMetrics(families: readonly MetricFamily[]): string {
  return [...families.flatMap(family), '# EOF', ''].join('\n');
}

function family({ name, type, unit, help, samples }: MetricFamily): string[] {
  if (unit !== undefined && !name.endsWith(`_${unit}`)) {
    throw new Error(`The name of metric ${name} must end with its unit: _${unit}`);
  }
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...samples.map(({ suffix = '', labels = {}, value }) => `${name}${suffix}${braces(labels)} ${value}`),
  ];
}

function braces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}
