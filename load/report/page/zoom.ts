import type uPlot from 'uplot';
import type { PageData, Span } from '../chart.ts';
import { formatElapsed } from '../format.ts';

/** Seconds. Less cannot be zoomed to. */
const SHORTEST = 1;

/** The part of the time axis that all charts over time show. */
export class Zoom {
  private from: number;
  private to: number;
  private plots: uPlot[] = [];
  private readonly shown = document.createElement('output');
  private readonly buttons: { readonly button: HTMLButtonElement; readonly span: Omit<Span, 'name'> }[] = [];

  constructor(
    private readonly data: PageData,
    bar: HTMLElement,
  ) {
    this.from = data.time.from;
    this.to = data.time.to;
    const { phases } = data;
    for (const span of [{ name: 'Whole test', ...data.time }, ...(phases.length > 1 ? phases : [])]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = span.name;
      button.addEventListener('click', () => this.show(span.from, span.to));
      this.buttons.push({ button, span });
      bar.append(button);
    }
    bar.append(this.shown);
    this.update();
  }

  /** Has these charts follow each other. */
  follow(plots: readonly uPlot[]): void {
    this.plots = [...plots];
  }

  /** The present range, for a new chart. */
  get range(): [number, number] {
    return [this.from, this.to];
  }

  /** Shows a part of the test in all charts. */
  show(from: number, to: number): void {
    const { time } = this.data;
    if (to - from < SHORTEST) return;
    this.from = Math.max(from, time.from);
    this.to = Math.min(to, time.to);
    for (const plot of this.plots) {
      const { min, max } = plot.scales.x as uPlot.Scale;
      if (min !== this.from || max !== this.to) plot.setScale('x', { min: this.from, max: this.to });
    }
    this.update();
  }

  /** Shows the whole test. */
  reset(): void {
    this.show(this.data.time.from, this.data.time.to);
  }

  /** A plugin that reports where the user has zoomed to, and resets the zoom at a double click. */
  plugin(): uPlot.Plugin {
    return {
      hooks: {
        setScale: (plot, key) => {
          const { min, max } = plot.scales.x as uPlot.Scale;
          if (key !== 'x' || typeof min !== 'number' || typeof max !== 'number') return;
          if (min !== this.from || max !== this.to) this.show(min, max);
        },
      },
    };
  }

  private update(): void {
    this.shown.textContent = `${formatElapsed(this.from)} to ${formatElapsed(this.to)}`;
    for (const { button, span } of this.buttons) {
      button.setAttribute('aria-pressed', String(span.from === this.from && span.to === this.to));
    }
  }
}
