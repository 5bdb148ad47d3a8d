import { lengthOf, type Phase, type Profile } from '../../model/load/profile.ts';
import { stagesOf } from '../stages.ts';

/** A part of the test that the figures of a time series refer to. Times are milliseconds since the test began. */
export interface Window {
  readonly at: number;
  readonly length: number;
  /** Index in the profile. */
  readonly phase: number;
  /** Whether it is neither in a warm-up nor in a cool-down. */
  readonly measured: boolean;
}

/** A warm-up, a cool-down, or what is between them. No window crosses its limits. */
interface Part extends Window {
  /** Index of its first window. */
  readonly first: number;
}

/** Number of windows that the length is chosen for: enough for a chart, few enough for a file. */
const WINDOWS = 240;

/** Seconds. They divide minutes, hours and days, so that windows rarely have to be cut. */
const LENGTHS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200];

const DAY = 86_400;

/** The windows of a test. They follow from the profile, so that those of all hosts are the same. */
export class Windows {
  /** Milliseconds. Windows are shorter where a part of the test ends. */
  readonly length: number;
  /** Milliseconds from the beginning of the first phase to the end of the last. */
  readonly duration: number;
  readonly all: readonly Window[];
  private readonly parts: readonly Part[];

  constructor({ phases, timeout }: Profile) {
    this.duration = lengthOf(phases);
    this.length = lengthFor(Math.max(this.duration, timeout * 1000));
    const all: Window[] = [];
    this.parts = partsOf(phases).map((part) => {
      const first = all.length;
      all.push(...split(part, this.length));
      return { ...part, first };
    });
    this.all = all;
  }

  /**
   * Index of the window at a time. Windows continue after the last phase, where runs end that arrived before.
   *
   * @param at - milliseconds since the test began
   */
  indexAt(at: number): number {
    if (at >= this.duration) return this.all.length + Math.floor((at - this.duration) / this.length);
    const part = this.parts.find((each) => at < each.at + each.length);
    return part === undefined ? 0 : part.first + Math.max(0, Math.floor((at - part.at) / this.length));
  }

  /** Whether a time, in milliseconds since the test began, is neither in a warm-up nor in a cool-down. */
  isMeasured(at: number): boolean {
    return this.window(this.indexAt(at)).measured;
  }

  /** The window with this index. */
  window(index: number): Window {
    const window = this.all[index];
    if (window !== undefined) return window;
    const at = this.duration + (index - this.all.length) * this.length;
    return { at, length: this.length, phase: this.all[this.all.length - 1]?.phase ?? 0, measured: false };
  }
}

function lengthFor(milliseconds: number): number {
  const seconds = milliseconds / 1000 / WINDOWS;
  return 1000 * (LENGTHS.find((each) => each >= seconds) ?? DAY * Math.ceil(seconds / DAY));
}

function partsOf(phases: readonly Phase[]): Window[] {
  return stagesOf(phases).flatMap(({ from, measuredFrom, measuredTo, to }, phase) =>
    [
      { at: from, length: measuredFrom - from, phase, measured: false },
      { at: measuredFrom, length: measuredTo - measuredFrom, phase, measured: true },
      { at: measuredTo, length: to - measuredTo, phase, measured: false },
    ].filter(({ length }) => length > 0),
  );
}

function split(part: Window, length: number): Window[] {
  const count = Math.ceil(part.length / length);
  return Array.from({ length: count }, (_, index) => {
    const at = part.at + index * length;
    return { ...part, at, length: Math.min(length, part.at + part.length - at) };
  });
}
