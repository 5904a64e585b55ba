import { startConsumers } from './consumers.ts';
import { runEntry } from './entry.ts';

await runEntry('worker', async (deps) => {
  const consumers = startConsumers(deps);
  deps.log.info('the worker is up');
  return async () => {
    await consumers.close();
    await deps.close();
  };
});
