import { expect, test } from '@jest/globals';
import { CLONE_HOST_CERTNAMES, CLONE_HOSTS_MAX, cloneHostNames, serverHostNames } from './hosts.ts';

test('hosts of a lab share no name and no folder', () => {
  const numbers = Array.from({ length: CLONE_HOSTS_MAX }, (_, i) => i + 1);
  const hosts = [serverHostNames('lab'), ...numbers.map((number) => cloneHostNames('lab', number))];
  for (const key of ['label', 'target', 'certname', 'container', 'home'] as const) {
    expect(new Set(hosts.map((host) => host[key])).size).toBe(hosts.length);
  }
});

test('all clone hosts have the catalog that is declared for them', () => {
  expect(CLONE_HOST_CERTNAMES).toContain(cloneHostNames('any', CLONE_HOSTS_MAX).certname);
});
