/** Families of operating systems, as facts name them, and their members; Hiera data may stand at either. */
export const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  Debian: ['Debian', 'Ubuntu'],
  RedHat: ['AlmaLinux', 'CentOS', 'OracleLinux', 'RedHat', 'Rocky'],
};

/** @returns Undefined for a system of no family that is known here */
export function familyOf(os: string): string | undefined {
  return Object.keys(FAMILIES).find((family) => FAMILIES[family]?.includes(os));
}
