/** Colours that charts need as values, because a canvas knows no CSS variables. */
export interface Theme {
  readonly text: string;
  readonly grid: string;
  readonly shade: string;
  readonly boundary: string;
  readonly surface: string;
  readonly series: readonly string[];
}

const COLORS = 12;

/** Reads the present colours from the style sheet, which knows light, dark and print. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('muted'),
    grid: read('grid'),
    shade: read('shade'),
    boundary: read('line'),
    surface: read('surface'),
    series: Array.from({ length: COLORS }, (_, index) => read(`series-${index + 1}`)),
  };
}

/** Calls back when the colours may have changed: the system's theme, or print. */
export function onThemeChange(changed: () => void): void {
  for (const query of ['(prefers-color-scheme: dark)', 'print']) {
    matchMedia(query).addEventListener('change', changed);
  }
}
