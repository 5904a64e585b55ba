import { expect, test } from 'vitest';
import { serverFaults } from './server-faults.ts';

test('what the server says of a field stands at that field, the rest is said apart', () => {
  const faults = {
    '/steps/0/targets/1/channelId': 'There is no such channel.',
    '/steps/2/targets/0/channelKinds/0': 'No such kind.',
    '/steps/1/waitMs': 'Too long.',
    '/tags/3': 'Not a tag.',
    '/name': 'Too long a name.',
    '/somethingNew': 'Not known here.',
  };
  expect(serverFaults({ faults })).toEqual({
    placed: {
      'steps.0.targets.1.who': 'There is no such channel.',
      'steps.2.targets.0.kinds': 'No such kind.',
      'steps.1.waitMs': 'Too long.',
      tags: 'Not a tag.',
      name: 'Too long a name.',
    },
    rest: ['Not known here.'],
  });
});
