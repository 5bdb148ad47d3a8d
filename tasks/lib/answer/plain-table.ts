import Table from 'cli-table3';

/** No borders, and spaces between columns, so that tools such as grep and awk can process the table. */
const PLAIN = {
  chars: {
    ...Object.fromEntries(
      ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) =>
        [side, `${side}-mid`, `${side}-left`, `${side}-right`].map((part) => [part, '']),
      ),
    ),
    middle: '  ',
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
};

/** Formats rows as a table in plain text. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ ...PLAIN, head: [...head] });
  for (const row of rows) table.push([...row]);
  return table.toString().replace(/ +$/gm, '');
}
