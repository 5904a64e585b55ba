import { expect, test } from 'vitest';
import { startTestApi } from '../../test-api.fixture.ts';

test('CI marks a deploy once, however often it asks with its key and one Idempotency-Key', async () => {
  await using api = await startTestApi();
  const person = await api.signUp();
  const ci = await api.keyOf(person, 'write');
  const mark = () =>
    ci.send({
      method: 'POST',
      url: '/v1/marks',
      headers: { 'idempotency-key': 'deploy-1' },
      payload: { kind: 'deploy', text: 'v1.42' },
    });
  const [first, again] = [await mark(), await mark()];
  expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
  expect(again.json().id).toBe(first.json().id);
  expect((await person.send({ url: '/v1/marks' })).json().items).toHaveLength(1);
  const reader = await api.keyOf(person, 'read');
  expect(
    (await reader.send({ method: 'POST', url: '/v1/marks', payload: { kind: 'note', text: 'x' } })).statusCode,
  ).toBe(403);
});
