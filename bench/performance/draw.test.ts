import { describe, expect, test } from '@jest/globals';
import type { Chart } from './chart.ts';
import { draw } from './draw.ts';
import { colorOf, PALETTE, type Role } from './palette.ts';

const LINES: Chart = {
  kind: 'lines',
  name: 'lines',
  title: 'Fast & <slow>',
  subtitle: 'Something',
  axis: 'seconds',
  series: [
    { label: 'First', role: 'plain', points: [{ clones: 1, value: 2, label: '2 s' }] },
    {
      label: 'Second',
      role: 'timer',
      dashed: true,
      points: [
        { clones: 1, value: 2, label: '2 s' },
        { clones: 100, value: 30, label: '30 s' },
      ],
    },
  ],
};

const BARS: Chart = {
  kind: 'bars',
  name: 'bars',
  title: 'Sizes',
  subtitle: '',
  axis: 'MiB',
  cases: ['here', 'there'],
  series: [{ label: 'Size', role: 'accent', values: [{ value: 3, label: '3 MiB' }, undefined] }],
};

describe.each([LINES, BARS])('$kind', (chart) => {
  const svg = draw(chart);

  test('the same chart gives the same bytes', () => {
    expect(draw(chart)).toBe(svg);
  });

  test('every color has one for dark pages', () => {
    const drawn = svg.matchAll(/ (?:fill|stroke)="([^"]+)"/g);
    const colors = new Set([...drawn].map(([, color]) => color));
    // Black fills clip paths and lines without an area, which show nothing of it.
    const known = [...(Object.keys(PALETTE) as Role[]).map(colorOf), 'none', '#000'];
    expect([...colors].filter((color) => !known.includes(color as string))).toEqual([]);
  });

  test('nothing is left of what ECharts adds for interaction', () => {
    expect(svg).not.toMatch(/ecmeta_|class=|:hover|pointer-events|zr\d/);
  });
});

test('text is text, and the drawing has a name and a description', () => {
  const svg = draw(LINES);
  expect(svg).toMatch(/<text [^>]*>Second<\/text>/);
  expect(svg).toContain('aria-labelledby="lines-title lines-desc"');
  expect(svg).toContain('<title id="lines-title">Fast &amp; &lt;slow></title>');
  expect(svg).toContain('<desc id="lines-desc">Fast &amp; &lt;slow>, in seconds. First: 2 s with 1 clone.');
});
