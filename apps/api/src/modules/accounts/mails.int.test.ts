import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../../test-api.fixture.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test('without a mail server, alerts that another organisation sends to my address are not mine to read', async () => {
  const ann = await api.signUp();
  const bob = await api.signUp();
  const alert = { to: ann.email, text: '' };
  await api.deps.mailer.send({ ...alert, subject: 'ours', organisationId: ann.organisationId });
  await api.deps.mailer.send({ ...alert, subject: 'of Bob’s shop', organisationId: bob.organisationId });
  const listed = async () => {
    const { items } = (await ann.send({ url: '/v1/mails' })).json<{ items: { subject: string }[] }>();
    return items.map(({ subject }) => subject).sort();
  };
  await expect.poll(listed).toEqual(['Farwatch: please verify your e-mail address', 'ours']);
});
