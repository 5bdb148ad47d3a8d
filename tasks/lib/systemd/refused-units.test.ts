import { expect, test } from '@jest/globals';
import { parseRefusals } from './refused-units.ts';

test('parseRefusals returns the refused units and the reasons', () => {
  const stderr = `Failed to start puppet-clone-army@clone2.service: Unit puppet-clone-army@clone2.service is masked.
Failed to stop clone4.mount: Access denied
Job for puppet-clone-army-prepare@clone5.service failed because the control process exited with error code.
See system logs and 'systemctl status clone4.mount' for details.
`;
  expect([...parseRefusals(stderr)]).toEqual([
    ['puppet-clone-army@clone2.service', 'Unit puppet-clone-army@clone2.service is masked.'],
    ['clone4.mount', 'Access denied'],
    ['puppet-clone-army-prepare@clone5.service', 'failed'],
  ]);
});
