import { startConsumers } from './consumers.ts';
import { runEntry } from './entry.ts';
import { sealOldChannels } from './modules/channels/seal-old.ts';

await runEntry('worker', async (deps) => {
  await sealOldChannels(deps);
  const consumers = startConsumers(deps);
  deps.log.info('the worker is up');
  return async () => {
    await consumers.close();
    await deps.close();
  };
});
