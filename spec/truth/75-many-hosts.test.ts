import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect } from '@jest/globals';
import { LoadTest, steady } from '../load/load-test.ts';
import { clonesOf, first, lab, second } from './lab.ts';
import { truth } from './table.ts';

/** Milliseconds of the test, and of its first half. */
const LENGTH = 120_000;

afterAll(() => second.boot());

truth(
  'many hosts',
  'one result of two hosts, no two runs in one slot, and a host that dies is told',
  async (found) => {
    const test = new LoadTest(lab.cloneHosts, 'many-hosts', steady(20, '120s'));
    const plan = await test.plan(first);
    await sleep(plan.begin + LENGTH / 2 - Date.now());
    const before = { first: await test.records(first), second: await test.records(second) };
    await second.crash();
    const { result } = await test.ended;

    expect(result.hosts.map(({ name }) => name)).toEqual([first.certname, second.certname]);
    expect(before.second.length).toBeGreaterThan(1);
    const dues = [...before.first, ...before.second].map(({ due }) => due).sort((a, b) => a - b);
    const gaps = dues.slice(1).map((due, i) => due - (dues[i] as number));
    found(
      `${dues.length} runs before the end of ${second.target}, at least ${Math.min(...gaps).toFixed(0)} ms apart`,
    );
    // 20 a minute over both hosts.
    expect(Math.min(...gaps)).toBeGreaterThan(2500);
    const names = [first, second].flatMap((host) => [...clonesOf(host).values()]);
    expect(new Set(names).size).toBe(names.length);

    const { warnings, text, passed } = result.verdict;
    found([text, ...warnings].join(' '));
    expect([text, ...warnings].join(' ')).toContain(second.certname);
    expect(passed).toBe(false);
    expect(result.hosts[0]).toMatchObject({ state: 'done' });
    const alone = (await test.records(first)).length;
    expect(result.hosts[0]?.arrivals).toBe(alone);
    expect(result.hosts[1]?.state).toBe('missing');
  },
);
