import { expect, test } from 'vitest';
import { followingOf } from './followers.ts';

const policy = (id: string, day: number, more: { tags?: string[]; isDefault?: boolean } = {}) => ({
  ...{ id, tags: [], isDefault: false, createdAt: `2026-11-0${day}T00:00:00.000Z` },
  ...more,
});
const monitor = (id: string, policyId: string | null, ...tags: readonly string[]) => ({ id, policyId, tags });

test('a monitor follows the policy it names, else the oldest with one of its tags, else the default one', () => {
  const policies = [
    policy('new', 3, { tags: ['shop'] }),
    policy('old', 1, { tags: ['shop', 'eu'] }),
    policy('all', 2, { isDefault: true }),
  ];
  const following = followingOf(policies, [
    monitor('m1', 'new', 'eu'),
    monitor('m2', null, 'shop'),
    monitor('m3', null, 'else'),
    monitor('m4', 'one that was deleted'),
  ]);
  expect(following.get('new')).toEqual({ namedBy: ['m1'], tagged: 0, rest: 0 });
  expect(following.get('old')).toEqual({ namedBy: [], tagged: 1, rest: 0 });
  expect(following.get('all')).toEqual({ namedBy: [], tagged: 0, rest: 2 });
});

test('without a default policy the rest follows none', () => {
  expect(followingOf([policy('p', 1)], [monitor('m', null)]).get('p')).toEqual({ namedBy: [], tagged: 0, rest: 0 });
});
