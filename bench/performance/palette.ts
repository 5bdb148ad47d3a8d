/** Colors of the charts by what they are used for, on a light and on a dark page. Each role has its own light color. */
export const PALETTE = {
  paper: { light: '#ffffff', dark: '#0d1117' },
  ink: { light: '#1f2328', dark: '#e6edf3' },
  muted: { light: '#59636e', dark: '#9ba5b0' },
  grid: { light: '#d8dee4', dark: '#30363d' },
  timer: { light: '#0969da', dark: '#58a6ff' },
  plain: { light: '#b3500b', dark: '#f0883e' },
  service: { light: '#8250df', dark: '#bc8cff' },
  accent: { light: '#0a7f7f', dark: '#39c5cf' },
  contrast: { light: '#8c959f', dark: '#6e7681' },
} as const;

export type Role = keyof typeof PALETTE;

/** A color as it is drawn. The dark one takes its place by way of the style sheet. */
export const colorOf = (role: Role): string => PALETTE[role].light;

/** Style sheet that switches a drawing to the dark colors where the reader prefers them. */
export function darkStyle(): string {
  const rules = Object.values(PALETTE).flatMap(({ light, dark }) =>
    ['fill', 'stroke'].map((property) => `[${property}="${light}"]{${property}:${dark}}`),
  );
  return `@media (prefers-color-scheme: dark){${rules.join('')}}`;
}
