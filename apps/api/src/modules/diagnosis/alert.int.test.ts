import { startInbox, startWebhookSink, verifyCall } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { secret, startAlerting } from '../alerts/alerting.fixture.ts';
import { eventStore } from '../events/store.ts';
import { markStore } from '../marks/store.ts';
import { resultStore } from '../results/store.ts';
import { logStore } from './log-store.ts';
import { diagnosisStore } from './store.ts';
import { tellDiagnosis } from './tell.ts';

test('the first mail and the first webhook of an incident carry its diagnosis, the same to both, and it is stored once', async () => {
  await using inbox = await startInbox();
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const { db } = alerting.world;
  await alerting.world.addChannel('webhook', sink.url, secret);
  await alerting.world.addChannel('email', 'ada@example.test');
  const diagnosisOf = tellDiagnosis({
    ...{ db, events: eventStore(), results: resultStore(), marks: markStore() },
    ...{ diagnoses: diagnosisStore(), logs: logStore(), log: { warn: () => undefined } },
  });
  const { incidentId, due } = await alerting.open();
  await Promise.all(due.map(alerting.worker({ diagnosisOf })));
  const stored = await diagnosisStore().find(db.sql, incidentId, null);
  if (stored === null) throw new Error('nothing is stored');
  const { summary, firstFix, causes } = stored.diagnosis;
  expect(stored.version).toBe(1);
  const [call] = sink.calls;
  if (call === undefined) throw new Error('nobody called');
  expect(verifyCall(call, secret)).toMatchObject({
    data: { diagnosis: { version: 1, cause: causes[0]?.cause, summary, firstFix: firstFix.text } },
  });
  const text = (inbox.mails[0]?.parsed.text ?? '').replaceAll(/\s+/gu, ' ');
  expect(text).toContain(`Diagnosis: ${summary}`.slice(0, 200));
  expect(text).toContain(`First fix: ${firstFix.text}`.slice(0, 200));
});
