import { get } from 'node:http';

/** One event of a stream: for a finished look also which, and when it came (`performance.now`). */
export type Heard = Readonly<{ type: string; look: string | null; at: number }>;
export type Stream = Readonly<{ heard: readonly Heard[]; close: () => void }>;

const heardOf = (block: string, at: number): Heard | null => {
  const type = /^event: (.*)$/mu.exec(block)?.[1];
  if (type === undefined) return null;
  if (type !== 'check.completed') return { type, look: null, at };
  const monitorId = /"monitorId":"([^"]+)"/u.exec(block)?.[1];
  const scheduledAt = /"scheduledAt":"([^"]+)"/u.exec(block)?.[1];
  return { type, look: `${monitorId} ${scheduledAt}`, at };
};

/** Opens an event stream on a socket of its own, as a browser does; resolves with its first bytes. */
export const openStream = async (url: string, key: string): Promise<Stream> => {
  const heard: Heard[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = get(`${url}/v1/events`, { agent: false, headers: { authorization: `Bearer ${key}` } }, (answer) => {
    if (answer.statusCode !== 200) return reject(new Error(`the event stream answered ${answer.statusCode}`));
    let rest = '';
    answer.setEncoding('utf8').on('data', (text: string) => {
      resolve();
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      const at = performance.now();
      for (const block of blocks) heard.push(...[heardOf(block, at)].filter((each) => each !== null));
    });
  });
  request.on('error', (error) => {
    if (!request.destroyed) reject(error);
  });
  await promise;
  return { heard, close: () => request.destroy() };
};
