import { type Inbox, startInbox } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { minute, type Silent, second, startSilence } from './silence.fixture.ts';

const subjects = ({ mails }: Inbox): readonly string[] =>
  mails.map(({ parsed }) => (parsed.subject ?? '').replace(/ \(.*$/u, ''));
const start = async (inbox: Inbox): Promise<Silent> => {
  const silent = await startSilence(inbox.url);
  await silent.world.addChannel('email', 'ops@x.test');
  return silent;
};
const broken = { kind: 'status', status: 502 } as const;

test('an incident that opens in a window is silent, and told when the window ends and it is still down', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const shop = await silent.addMonitor('shop');
  await silent.addWindow(minute, 10 * minute, [shop]);
  await silent.wait(2 * minute);
  const { incidentId } = await silent.open(broken, shop);
  await silent.wait(8 * minute + 55 * second);
  expect(subjects(inbox)).toEqual([]);
  await silent.wait(10 * second);
  expect(subjects(inbox)).toEqual(['Down: shop']);
  await silent.resolve(shop, incidentId);
  await silent.wait(minute);
  expect(subjects(inbox)).toEqual(['Down: shop', 'Up again: shop']);
  expect(await silent.decisions(incidentId)).toEqual(['policy', 'maintenance', 'maintenance-over', 'told', 'told']);
  expect(await silent.events(shop)).toEqual([
    'maintenance.started',
    'monitor.status-changed maintenance',
    'maintenance.ended',
    'monitor.status-changed pending',
  ]);
});

test('one that is over before the window ends is told to nobody, and says why', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const shop = await silent.addMonitor('shop');
  await silent.addWindow(0, 10 * minute);
  const { incidentId } = await silent.open(broken, shop);
  await silent.wait(2 * minute);
  await silent.resolve(shop, incidentId);
  await silent.wait(10 * minute);
  expect(subjects(inbox)).toEqual([]);
  expect(await silent.decisions(incidentId)).toEqual(['policy', 'maintenance', 'over-untold']);
});

test('one that opened before a window keeps its recovery; its reminders wait for the end', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  silent.setPolicy({ remindEveryMs: 5 * minute });
  const shop = await silent.addMonitor('shop');
  const { incidentId } = await silent.open(broken, shop);
  await silent.work();
  await silent.addWindow(minute, 20 * minute);
  await silent.wait(20 * minute, 30 * second);
  expect(subjects(inbox)).toEqual(['Down: shop']);
  await silent.wait(2 * minute, 30 * second);
  expect(subjects(inbox)).toEqual(['Down: shop', 'Still down: shop']);
  await silent.addWindow(0, 20 * minute);
  await silent.resolve(shop, incidentId);
  await silent.wait(minute);
  expect(subjects(inbox).at(-1)).toBe('Up again: shop');
});

test('a window that is ended early ends the silence at once; another one goes on with it', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const shop = await silent.addMonitor('shop');
  const long = await silent.addWindow(0, 60 * minute);
  const short = await silent.addWindow(0, 30 * minute);
  await silent.open(broken, shop);
  await silent.endWindow(long);
  await silent.wait(minute);
  expect(subjects(inbox)).toEqual([]);
  await silent.endWindow(short);
  await silent.wait(10 * second);
  expect(subjects(inbox)).toEqual(['Down: shop']);
});

test('a parent that is down makes its children and grandchildren part of it; what stays down is told when it is over', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const router = await silent.addMonitor('router');
  const host = await silent.addMonitor('host', [router]);
  const [shop, mail] = [await silent.addMonitor('shop', [host]), await silent.addMonitor('mail', [router])];
  const root = await silent.open(broken, router);
  const child = await silent.open(broken, shop);
  const other = await silent.open(broken, mail);
  await silent.wait(5 * minute);
  expect(subjects(inbox)).toEqual(['Down: router']);
  await silent.resolve(router, root.incidentId);
  await silent.wait(5 * second, second);
  await silent.resolve(mail, other.incidentId);
  await silent.setRegion(shop, 'down');
  await silent.wait(5 * second, second);
  expect(subjects(inbox)).toEqual(['Down: router', 'Up again: router', 'Down: shop']);
  expect(await silent.decisions(child.incidentId)).toEqual(['parent-down', 'policy', 'parent-over', 'told']);
  expect(await silent.decisions(other.incidentId)).toContain('over-untold');
});

test('a child that opened a moment before its parent is taken back as long as nobody was told, and told later', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const router = await silent.addMonitor('router');
  const [shop, mail] = [await silent.addMonitor('shop', [router]), await silent.addMonitor('mail', [router])];
  const told = await silent.open(broken, mail);
  await silent.work();
  const child = await silent.open(broken, shop);
  const root = await silent.open(broken, router);
  await silent.wait(3 * minute);
  expect(subjects(inbox)).toEqual(['Down: mail', 'Down: router']);
  for (const { incidentId } of [told, child]) expect(await silent.decisions(incidentId)).toContain('parent-down');
  await silent.resolve(router, root.incidentId);
  await silent.resolve(mail, told.incidentId);
  await silent.wait(5 * minute);
  const later = inbox.mails.slice(2).map(({ parsed }) => `${parsed.subject} ${parsed.text}`);
  expect(later.filter((text) => text.includes('shop') && /down/iu.test(text))).toHaveLength(1);
});

test('a child whose parent is failing waits for the parent’s confirmation, and no longer than that', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const router = await silent.addMonitor('router');
  const [shop, mail] = [await silent.addMonitor('shop', [router]), await silent.addMonitor('mail', [router])];
  await silent.setRegion(router, 'down');
  const child = await silent.open(broken, shop);
  await silent.wait(4 * second, second);
  expect(subjects(inbox)).toEqual([]);
  const root = await silent.open(broken, router);
  await silent.wait(2 * minute);
  expect(subjects(inbox)).toEqual(['Down: router']);
  expect(await silent.decisions(child.incidentId)).toEqual(['policy', 'parent-suspected', 'parent-down']);
  await silent.resolve(router, root.incidentId);
  await silent.resolve(shop, child.incidentId);
  await silent.wait(minute);
  const alone = await silent.open(broken, mail);
  await silent.wait(11 * second, second);
  expect(subjects(inbox)).toEqual(['Down: router', 'Up again: router']);
  await silent.wait(3 * second, second);
  expect(subjects(inbox).at(-1)).toBe('Down: mail');
  expect(await silent.decisions(alone.incidentId)).toEqual(['policy', 'parent-suspected', 'parent-cleared', 'told']);
});

test('what fails together on one host is told once each; the rest is with the first, until that is over', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  silent.setPolicy({ remindEveryMs: 10 * minute });
  const [one, two] = [
    await silent.addMonitor('one', [], 'https://shop.example/a'),
    await silent.addMonitor('two', [], 'https://shop.example/b'),
  ];
  const root = await silent.open(broken, one);
  await silent.work();
  silent.pass(5 * second);
  const child = await silent.open(broken, two);
  await silent.wait(minute);
  expect(subjects(inbox)).toEqual(['Down: one', 'Down: two']);
  await silent.wait(15 * minute, 30 * second);
  expect(subjects(inbox)).toEqual(['Down: one', 'Down: two', 'Still down: one']);
  await silent.resolve(one, root.incidentId);
  await silent.wait(minute, second);
  expect(subjects(inbox).slice(3)).toEqual(['Up again: one', 'Still down: two']);
  const codes = await silent.decisions(child.incidentId);
  expect(codes).toEqual(expect.arrayContaining(['policy', 'shared-cause', 'told', 'shared-cause-over']));
});

test('of many that share a host the first is told at once, and one message names all the others', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const names = ['one', 'two', 'three', 'four', 'five'];
  for (const name of names) {
    await silent.open(broken, await silent.addMonitor(name, [], `https://shop.example/${name}`));
    await silent.work();
    silent.pass(second);
  }
  await silent.wait(minute);
  expect(subjects(inbox)).toEqual(['Down: one', '4 down: two, three, four …']);
  const text = inbox.mails[1]?.parsed.text ?? '';
  expect(names.slice(1).filter((name) => !text.includes(name))).toEqual([]);
});

test('monitors that have nothing in common, or fail minutes apart, stay by themselves', async () => {
  await using inbox = await startInbox();
  await using silent = await start(inbox);
  const [one, two, three] = [
    await silent.addMonitor('one', [], 'https://shop.example/a'),
    await silent.addMonitor('two'),
    await silent.addMonitor('three', [], 'https://shop.example/b'),
  ];
  await silent.open(broken, one);
  const second_ = await silent.open(broken, two);
  await silent.wait(2 * minute);
  const third = await silent.open(broken, three);
  expect(await silent.decisions(second_.incidentId)).not.toContain('shared-cause');
  expect(await silent.decisions(third.incidentId)).not.toContain('shared-cause');
});
