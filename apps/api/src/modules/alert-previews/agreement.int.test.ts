import type { EscalationPolicy, QuietHours } from '@farwatch/domain';
import { type Inbox, startInbox } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { type Agreement, minute, startAgreement } from './agreement.fixture.ts';

// What is replayed against what the worker really sends to a real mail server, moment by moment.

const second = 1 / 60;
const wallAt = (at: number): string => new Date(at).toISOString().slice(11, 16);
const broken = { kind: 'status', status: 502 } as const;

/** From five minutes ago for so many minutes. */
const quietFor = (now: number, minutes: number): QuietHours => ({
  timeZone: 'UTC',
  windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: wallAt(now - 5 * minute), until: wallAt(now + minutes * minute) }],
  except: [],
});

const everyone = { kind: 'everyone' } as const;
const ladder = (...waits: readonly number[]): Pick<EscalationPolicy, 'steps'> => ({
  steps: waits.map((wait) => ({ waitMs: wait * minute, targets: [everyone] })),
});

/** Opens an incident of a monitor, or of a new one of its own host. */
const down = async (
  agreement: Agreement,
  monitorId?: string,
): Promise<readonly [monitor: string, incident: string]> => {
  const opened = await agreement.open(broken, monitorId);
  await agreement.work();
  return [opened.monitorId, opened.incidentId];
};
const up = async (agreement: Agreement, [monitor, incident]: readonly [string, string]): Promise<void> => {
  await agreement.resolve(monitor, incident);
  await agreement.work();
};

type Story = Readonly<{
  name: string;
  policy?: Partial<EscalationPolicy>;
  quiet?: number;
  happens: (agreement: Agreement) => Promise<void>;
}>;

/** One incident of so many minutes. */
const lasts =
  (minutes: number) =>
  async (agreement: Agreement): Promise<void> => {
    const one = await down(agreement);
    await agreement.play(minutes);
    await up(agreement, one);
  };

const stories: readonly Story[] = [
  { name: 'everybody at once', happens: lasts(7) },
  { name: 'a second step', policy: ladder(0, 5), happens: lasts(12.5) },
  { name: 'over before the second step', policy: ladder(0, 5), happens: lasts(3) },
  {
    name: 'rounds and reminders',
    policy: { ...ladder(1, 3), repeatTimes: 1, repeatAfterMs: 6 * minute, remindEveryMs: 9 * minute },
    happens: lasts(30.5),
  },
  { name: 'quiet, longer than it lasts', quiet: 25, happens: lasts(10.5) },
  { name: 'quiet, shorter than it lasts', quiet: 12, policy: { remindEveryMs: 10 * minute }, happens: lasts(22.5) },
  {
    name: 'somebody has it, and gives it back',
    policy: { ...ladder(0, 5, 5), remindEveryMs: 8 * minute },
    happens: async (agreement) => {
      const one = await down(agreement);
      await agreement.play(2);
      await agreement.acknowledge(one[1]);
      await agreement.play(10.5);
      await agreement.giveBack(one[1]);
      await agreement.play(9.5);
      await up(agreement, one);
    },
  },
  {
    name: 'snoozed, and no longer',
    policy: { ...ladder(0, 5, 5), remindEveryMs: 6 * minute },
    happens: async (agreement) => {
      const [one, two] = [await down(agreement), await down(agreement)];
      await agreement.play(2);
      await agreement.snooze(one[1], 20);
      await agreement.snooze(two[1], 60);
      await agreement.play(7.25);
      await agreement.snooze(two[1], null);
      await agreement.play(30.3);
      await up(agreement, one);
      await up(agreement, two);
    },
  },
  {
    name: 'a storm, at the pace of a channel',
    policy: { remindEveryMs: 7 * minute },
    happens: async (agreement) => {
      const all: (readonly [string, string])[] = [];
      for (let i = 0; i < 12; i++) {
        all.push(await down(agreement));
        await agreement.play(i % 3 === 0 ? 20 * second : 3 * second);
      }
      await agreement.play(9.1);
      for (const one of all) {
        await up(agreement, one);
        await agreement.play(2 * second);
      }
    },
  },
  {
    name: 'one monitor that goes up and down',
    happens: async (agreement) => {
      const monitor = await agreement.addMonitor('shop');
      for (let i = 0; i < 9; i++) {
        const one = await down(agreement, monitor);
        await agreement.play(1.3);
        await up(agreement, one);
        await agreement.play(0.9);
      }
    },
  },
  {
    name: 'several of one host',
    policy: { ...ladder(0, 4), remindEveryMs: 6 * minute },
    happens: async (agreement) => {
      const all: (readonly [string, string])[] = [];
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        all.push(await down(agreement, await agreement.addMonitor(name, [], `https://shop.example/${name}`)));
        await agreement.play(second);
      }
      await agreement.play(13.2);
      for (const one of all) {
        await up(agreement, one);
        await agreement.play(2.1);
      }
    },
  },
  {
    name: 'children of a parent that is suspected, and down',
    policy: { ...ladder(0, 4), remindEveryMs: 9 * minute },
    happens: async (agreement) => {
      const router = await agreement.addMonitor('router');
      const [shop, mail, docs] = await Promise.all(
        ['shop', 'mail', 'docs'].map((name) => agreement.addMonitor(name, [router])),
      );
      const early = await down(agreement, docs);
      await agreement.play(5 * second);
      await agreement.fail(router, 60 * minute);
      const suspected = await down(agreement, shop);
      await agreement.play(4 * second);
      const root = await down(agreement, router);
      await agreement.play(3.3);
      const late = await down(agreement, mail);
      await agreement.play(4.2);
      await up(agreement, root);
      await agreement.play(20 * second);
      await up(agreement, late); // before its own check may be waited for
      await agreement.play(8.4);
      await up(agreement, suspected);
      await up(agreement, early);
    },
  },
  {
    name: 'planned work',
    policy: { remindEveryMs: 5 * minute },
    happens: async (agreement) => {
      const before = await down(agreement);
      await agreement.addWindow(minute, 20 * minute);
      await agreement.play(3);
      const [within, outlasting] = [await down(agreement), await down(agreement)];
      await agreement.play(6.5);
      await up(agreement, within);
      await agreement.play(17.2);
      await up(agreement, outlasting);
      await agreement.play(second);
      await up(agreement, before);
    },
  },
];

const start = async (inbox: Inbox, { policy, quiet }: Pick<Story, 'policy' | 'quiet'>): Promise<Agreement> => {
  const agreement = await startAgreement(inbox.url, policy);
  const columns = quiet === undefined ? {} : { quiet_hours: quietFor(agreement.now(), quiet) };
  for (const name of ['ann', 'bob']) await agreement.addMail(name, columns);
  return agreement;
};

test.each(stories)('$name: the replay counts what is sent', { timeout: 60_000 }, async (story) => {
  await using inbox = await startInbox();
  await using agreement = await start(inbox, story);
  await story.happens(agreement);
  await agreement.play(40);
  const sent = await agreement.sent();
  expect(await agreement.replayed()).toEqual(sent);
  expect(sent.messages).toBeGreaterThan(0);
});
