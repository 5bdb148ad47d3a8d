import type { Phase, Stream } from '../../model/load/profile.ts';
import { milliseconds } from './duration.ts';
import { PROFILE_LIMITS } from './limits.ts';
import type { Mistake } from './mistake.ts';
import { readRecorded } from './recorded-times.ts';

interface Load {
  readonly runs_per_minute?: number;
  readonly every?: string;
}

/** Phases as people write them, if `phases.schema.ts` allows them. */
export type RawPhase = {
  readonly name?: string;
  readonly warm_up?: string;
  readonly cool_down?: string;
} & (
  | ({ readonly kind: 'steady' | 'soak'; readonly for: string } & Load)
  | {
      readonly kind: 'ramp';
      readonly from: number;
      readonly to: number;
      readonly over: string;
      readonly steps?: number;
    }
  | { readonly kind: 'herd'; readonly within: string; readonly for?: string }
  | ({
      readonly kind: 'spike';
      readonly for: string;
      readonly after: string;
      readonly lasts: string;
      readonly extra_runs_per_minute?: number;
    } & Load)
  | {
      readonly kind: 'replay';
      readonly file?: string;
      readonly times?: readonly number[];
      readonly speed?: number;
      readonly for?: string;
    }
);
type RawOf<K extends RawPhase['kind']> = Extract<RawPhase, { readonly kind: K }>;

/** Text of the files that profiles name, by name. */
export type Files = ReadonlyMap<string, string>;

type Read = { readonly length: number; readonly streams: readonly Stream[] } | Mistake;

/** Interval of agents by default. */
const PRODUCTION_INTERVAL = '30m';

/**
 * Converts a phase that the schema allows.
 *
 * @param name - Its name if it has none of its own
 * @returns The phase, or what is wrong with it
 */
export function readPhase(raw: RawPhase, name: string, files: Files): Phase | Mistake {
  const read = readStreams(raw, files);
  if ('message' in read) return read;
  const { length, streams } = read;
  const { min, max } = PROFILE_LIMITS.phase;
  if (length < min || length > max) {
    return {
      path: [],
      of: 'key',
      message: `lasts ${length / 1000} s; a phase lasts at least 1 s and at most 366 days`,
    };
  }
  const [warmUp, coolDown] = [milliseconds(raw.warm_up ?? '0s'), milliseconds(raw.cool_down ?? '0s')];
  if (warmUp + coolDown >= length) {
    const path = [raw.warm_up === undefined ? 'cool_down' : 'warm_up'];
    return { path, message: `leaves nothing to measure of the ${length / 1000} s that the phase lasts` };
  }
  return { name: raw.name ?? name, length, warmUp, coolDown, streams };
}

function readStreams(raw: RawPhase, files: Files): Read {
  switch (raw.kind) {
    case 'steady':
      return steady(raw, raw);
    case 'soak':
      return steady(raw.runs_per_minute === undefined ? { every: PRODUCTION_INTERVAL, ...raw } : raw, raw);
    case 'ramp':
      return ramp(raw);
    case 'herd':
      return herd(raw);
    case 'spike':
      return spike(raw);
    case 'replay':
      return replay(raw, files);
  }
}

function steady({ runs_per_minute: rate, every }: Load, phase: { readonly for: string }): Read {
  const length = milliseconds(phase.for);
  if (rate !== undefined && every !== undefined) {
    return { path: ['every'], message: 'cannot be combined with runs_per_minute; keep one of them' };
  }
  if (rate !== undefined) return { length, streams: [{ kind: 'rate', at: 0, length, from: rate, to: rate }] };
  if (every === undefined) return { path: [], of: 'key', message: 'needs runs_per_minute or every' };
  const interval = milliseconds(every);
  if (interval < 1000) return { path: ['every'], message: 'is too short; it has to be at least 1s' };
  return { length, streams: [{ kind: 'interval', at: 0, length, interval }] };
}

function ramp({ from, to, over, steps }: RawOf<'ramp'>): Read {
  const length = milliseconds(over);
  if (steps === undefined) return { length, streams: [{ kind: 'rate', at: 0, length, from, to }] };
  const streams = Array.from({ length: steps }, (_, i): Stream => {
    const at = Math.round((length * i) / steps);
    const rate = from + ((to - from) * i) / (steps - 1);
    return { kind: 'rate', at, length: Math.round((length * (i + 1)) / steps) - at, from: rate, to: rate };
  });
  return { length, streams };
}

function herd({ within, for: length }: RawOf<'herd'>): Read {
  const spread = milliseconds(within);
  const whole = length === undefined ? spread : milliseconds(length);
  if (whole < spread) return { path: ['for'], message: 'is shorter than within' };
  return { length: whole, streams: [{ kind: 'once', at: 0, length: spread }] };
}

function spike(raw: RawOf<'spike'>): Read {
  const base = steady(raw, raw);
  if ('message' in base) return base;
  const [at, length] = [milliseconds(raw.after), milliseconds(raw.lasts)];
  if (at + length > base.length) {
    return { path: ['lasts'], message: 'ends after the phase; shorten it, or set a longer for' };
  }
  const extra = raw.extra_runs_per_minute;
  const more: Stream =
    extra === undefined ? { kind: 'once', at, length } : { kind: 'rate', at, length, from: extra, to: extra };
  return { length: base.length, streams: [...base.streams, more] };
}

function replay({ file, times, speed = 1, for: length }: RawOf<'replay'>, files: Files): Read {
  if ((file === undefined) === (times === undefined)) {
    return { path: [], of: 'key', message: 'needs either file or times' };
  }
  const text = file === undefined ? undefined : files.get(file);
  if (file !== undefined && text === undefined)
    return { path: ['file'], message: 'was not passed with the profile' };
  const recorded =
    text === undefined
      ? { times: (times ?? []).map((seconds) => seconds * 1000).sort((a, b) => a - b) }
      : readRecorded(text);
  if ('error' in recorded) return { path: ['file'], message: `cannot be replayed: ${recorded.error}` };
  const played = recorded.times.map((time) => Math.round(time / speed));
  const last = played[played.length - 1] ?? 0;
  const whole = length === undefined ? Math.max(last + 1, PROFILE_LIMITS.phase.min) : milliseconds(length);
  return { length: whole, streams: [{ kind: 'times', at: 0, times: played }] };
}
