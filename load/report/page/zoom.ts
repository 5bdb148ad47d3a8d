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
  private readonly buttons: { readonly button: HTMLButtonElement; readonly span: Omit<Span, 'name'> }[];

  constructor(
    private readonly data: PageData,
    bar: HTMLElement,
  ) {
    const { phases, time } = data;
    this.from = time.from;
    this.to = time.to;
    const spans = [{ name: 'Whole test', ...time }, ...(phases.length > 1 ? phases : [])];
    this.buttons = spans.map((span) => ({
      span,
      button: buttonOf(span.name, () => this.show(span.from, span.to)),
    }));
    const hint = document.createElement('span');
    hint.className = 'hint';
    hint.textContent = 'Drag in a chart to zoom all of them; double-click for the whole test';
    bar.append(...this.buttons.map(({ button }) => button), ...this.moves(), this.shown, hint);
    this.update();
  }

  /** Buttons for those who have no mouse. */
  private moves(): HTMLButtonElement[] {
    const move = (symbol: string, name: string, shift: number, factor: number) => {
      const button = buttonOf(symbol, () => this.move(shift, factor));
      button.setAttribute('aria-label', name);
      button.title = name;
      return button;
    };
    return [
      move('+', 'Zoom in', 0, 0.5),
      move('−', 'Zoom out', 0, 2),
      move('←', 'Earlier', -0.5, 1),
      move('→', 'Later', 0.5, 1),
    ];
  }

  /** Moves the range by a share of its length, and scales its length. It stays within the test. */
  private move(shift: number, factor: number): void {
    const { time } = this.data;
    const length = Math.min((this.to - this.from) * factor, time.to - time.from);
    const middle = (this.from + this.to) / 2 + shift * length;
    const from = Math.min(Math.max(middle - length / 2, time.from), time.to - length);
    this.show(from, from + length);
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

function buttonOf(text: string, clicked: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', clicked);
  return button;
}
