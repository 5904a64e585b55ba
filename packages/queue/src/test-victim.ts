// A consumer that takes a job and never ends it, for the test that kills it.
import { Type } from 'typebox';
import { openConsumer, type QueueBackend } from './index.ts';

const [name = '', backend = ''] = process.argv.slice(2);
const contract = {
  name,
  payload: Type.Object({ id: Type.String() }),
  keyOf: ({ id }: { id: string }) => id,
  attempts: 3,
};
const handle = async (): Promise<void> => {
  process.send?.('has a job');
  await new Promise(() => undefined);
};
openConsumer(contract, JSON.parse(backend) as QueueBackend, handle, {
  concurrency: 1,
  onError: (error) => process.stderr.write(`${error.message}\n`),
}); // JSON.parse: the test that starts this wrote it
process.send?.('ready');
