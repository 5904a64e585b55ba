import { expect, test } from 'vitest';
import { type AncestorSeen, type AttachmentSeen, type Surroundings, silenceOf } from './silence.ts';

const ancestor = (over: Partial<AncestorSeen> = {}): AncestorSeen => ({
  monitorId: 'router',
  depth: 1,
  timeoutMs: 10_000,
  incidentId: null,
  failing: false,
  ...over,
});
const attachment = (over: Partial<AttachmentSeen> = {}): AttachmentSeen => ({
  parentIncidentId: 'other',
  because: 'parent',
  endedAt: null,
  open: true,
  silent: false,
  ...over,
});
const said = (over: Partial<Surroundings>): string => {
  const silence = silenceOf({
    now: 1_000_000,
    openedAt: 999_000,
    intervalMs: 30_000,
    timeoutMs: 10_000,
    failedAt: 998_000,
    told: false,
    maintenance: [],
    ancestors: [],
    attachment: null,
    ...over,
  });
  return silence.kind === 'tell' ? 'tell' : `${silence.for} ${silence.until - 1_000_000}`;
};
const window = { windowId: 'w', from: 0, until: 1_500_000 };

test.each<[string, Partial<Surroundings>, string]>([
  ['nothing speaks against it', {}, 'tell'],
  ['planned work, until it ends', { maintenance: [window] }, 'maintenance 500000'],
  ['a parent that is up', { ancestors: [ancestor()] }, 'tell'],
  ['a parent that is down', { ancestors: [ancestor({ incidentId: 'p' })] }, 'parent-down 60000'],
  ['… although it was told before', { told: true, ancestors: [ancestor({ incidentId: 'p' })] }, 'parent-down 60000'],
  [
    'a parent that fails: its answer is waited for',
    { ancestors: [ancestor({ failing: true })] },
    'parent-suspected 1000',
  ],
  ['… up to timeout + 2 s', { openedAt: 988_500, ancestors: [ancestor({ failing: true })] }, 'parent-suspected 500'],
  ['… and no longer', { openedAt: 988_000, ancestors: [ancestor({ failing: true })] }, 'tell'],
  ['… and not once it was told', { told: true, ancestors: [ancestor({ failing: true })] }, 'tell'],
  [
    'the parent is up again: a look of its own first',
    { attachment: attachment({ endedAt: 999_500, open: false }) },
    'settling 1000',
  ],
  ['… which failed', { failedAt: 999_600, attachment: attachment({ endedAt: 999_500, open: false }) }, 'tell'],
  ['… which did not come', { attachment: attachment({ endedAt: 958_000, open: false }) }, 'tell'],
  ['a shared cause is told', { attachment: attachment({ because: 'host' }) }, 'tell'],
  ['… once', { told: true, attachment: attachment({ because: 'host' }) }, 'shared-cause 60000'],
  [
    '… and by itself when the other one is silent',
    { told: true, attachment: attachment({ because: 'host', silent: true }) },
    'tell',
  ],
  ['… or over', { told: true, attachment: attachment({ because: 'host', open: false }) }, 'tell'],
])('%s', (_, over, expected) => expect(said(over)).toBe(expected));

test('the nearest ancestor that is down counts', () => {
  const ancestors = [ancestor({ monitorId: 'far', depth: 2, incidentId: 'far' }), ancestor({ incidentId: 'near' })];
  const silence = silenceOf({
    ...{ now: 0, openedAt: 0, intervalMs: 1, timeoutMs: 1, failedAt: null, told: false, maintenance: [] },
    attachment: null,
    ancestors,
  });
  expect(silence.kind === 'hold' && silence.ancestor?.incidentId).toBe('near');
});
