import { expect, test } from '@jest/globals';
import { countersOf, hostSample, type ProcFiles } from './host-sample.ts';
import { readProcFiles } from './sampler.ts';

const FILES: ProcFiles = {
  'pressure/cpu': 'some avg10=1.00 avg60=0.00 avg300=0.00 total=1000000\nfull avg10=0.00 total=5\n',
  'pressure/memory': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 total=0\n',
  'pressure/io': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=200\nfull avg10=0.00 total=100\n',
  stat: 'cpu  100 10 50 800 40 0 0 0 7 0\ncpu0 50 5 25 400 20 0 0 0 0 0\ncpu1 50 5 25 400 20 0 0 0 0 0\nintr 1\n',
  meminfo: 'MemTotal:       24000000 kB\nMemFree:         1000 kB\nMemAvailable:    9000000 kB\n',
  loadavg: '9.10 8.20 7.30 17/500 77\n',
  'net/snmp': 'Ip: Forwarding\nIp: 1\nTcp: RtoAlgorithm ActiveOpens RetransSegs OutRsts\nTcp: 1 50 12 3\n',
  'net/dev':
    'Inter-| Receive | Transmit\n face |bytes packets errs drop\n' +
    '    lo: 100 10 0 1 0 0 0 0 100 10 0 0 0 0 0 0\n  eth0:900 90 2 0 0 0 0 0 900 90 0 4 0 0 0 0\n',
  'self/stat': '77 (no)de (x) S 1 77 77 0 -1 0 0 0 0 0 150 50 20 30 20 0 11 0 5 0 0\n',
};

const LATER: ProcFiles = {
  ...FILES,
  'pressure/cpu': 'some avg10=1.00 avg60=0.00 avg300=0.00 total=3500000\n',
  stat: FILES.stat.replace('cpu  100 10 50 800 40', 'cpu  160 10 70 815 45'),
  'net/snmp': FILES['net/snmp'].replace('50 12 3', '90 15 3'),
  'net/dev': FILES['net/dev'].replace('900 90 0 4', '900 90 0 9'),
};

test('tells what happened between two readings', () => {
  expect(hostSample(LATER, countersOf(FILES, 1000), countersOf(LATER, 6000), 5)).toEqual({
    kind: 'host',
    at: 6000,
    pressure: { cpu: 0.5, memory: 0, io: 0 },
    cpu: 0.8,
    processors: 2,
    memoryAvailable: 9_216_000_000,
    memoryTotal: 24_576_000_000,
    runnable: 17,
    running: 5,
    retransmits: 3,
    networkErrors: 5,
    driverCpu: 2.5,
  });
});

test('does without pressure if the kernel does not measure it', () => {
  const files = { ...FILES, 'pressure/cpu': '', 'pressure/memory': '', 'pressure/io': '' };
  const counters = countersOf(files, 0);
  expect(hostSample(files, counters, { ...counters, at: 5000 }, 0).pressure).toBeNull();
});

test("reads this machine's files", () => {
  const files = readProcFiles();
  const sample = hostSample(files, countersOf(files, 0), countersOf(readProcFiles(), 5000), 0);
  expect(sample.memoryAvailable).toBeLessThan(sample.memoryTotal);
  expect(sample.processors).toBeGreaterThan(0);
  expect(sample.driverCpu).toBeGreaterThan(0);
});
