import { startRawTarget, startTarget, startWebhookSink } from '@farwatch/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patient, rules } from './chat-message.fixture.ts';
import { guardedCaller, hiding, jsonObject, postJson, textAt } from './post-json.ts';

const call = guardedCaller(rules);

test('JSON goes out as it is and the answer comes back, whatever its status; a redirect is an answer', async () => {
  await using sink = await startWebhookSink(() => ({
    status: 302,
    headers: { Location: 'http://127.0.0.1:1/' },
    body: 'there',
  }));
  const answer = await postJson(call)({ method: 'PATCH', url: sink.url, json: { name: 'Größe 😀' } }, patient());
  expect(answer).toMatchObject({ status: 302, text: 'there', headers: { location: 'http://127.0.0.1:1/' } });
  expect(sink.calls).toHaveLength(1);
  expect(sink.calls[0]).toMatchObject({ method: 'PATCH', body: '{"name":"Größe 😀"}' });
});

test('an endless answer is read up to a bound', async () => {
  let written = 0;
  await using target = await startTarget((request, response) => {
    request.resume();
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(64_000))) written += 1;
    };
    response.on('drain', more);
    more();
  });
  const answer = await postJson(call)({ url: target.url, json: {} }, patient());
  expect('text' in answer ? answer.text.length : 0).toBe(256_000);
  expect(written).toBeLessThan(1_000);
});

test('an answer that drips ends with the time limit, and what came is kept', async () => {
  await using target = await startRawTarget((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'));
  });
  expect(await postJson(call)({ url: target.url, json: {}, timeoutMs: 200 }, patient())).toMatchObject({
    status: 200,
    text: 'half',
  });
});

test.each(['http://127.0.0.1:99999', 'nonsense', 'ftp://127.0.0.1/'])(
  '%s is a broken call, not a throw',
  async (url) => {
    expect(await postJson(call)({ url, json: {} }, patient())).toMatchObject({ broken: expect.any(String) });
  },
);

test('secrets are taken out of answers before anybody reads them', async () => {
  await using sink = await startWebhookSink(({ path }) => ({ status: 200, body: `{"path":"${path}"}` }));
  const answer = await postJson(hiding(call, ['/hook/0123456789']))(
    { url: `${sink.url}/hook/0123456789`, json: {} },
    patient(),
  );
  expect(answer).toMatchObject({ text: '{"path":"/hook/…"}' });
});

test('any text and any value are read or are none', () => {
  fc.assert(
    fc.property(fc.anything(), fc.array(fc.string()), fc.string(), (value, path, text) => {
      expect(['string', 'undefined']).toContain(typeof textAt(value, ...path));
      expect(() => jsonObject(text)).not.toThrow();
    }),
  );
  expect(textAt({ a: { b: 7 } }, 'a', 'b')).toBe('7');
  expect(textAt({}, 'constructor', 'name')).toBeUndefined();
});
