import { startConsumers } from './consumers.ts';
import { runEntry } from './entry.ts';
import { sealOldChannels } from './modules/channels/seal-old.ts';
import { startTelegramPoller } from './modules/inbound/telegram-poller.ts';
import { acknowledgeIncident } from './modules/incidents/act.ts';

await runEntry('worker', async (deps) => {
  await sealOldChannels(deps);
  const consumers = startConsumers(deps);
  const poller = startTelegramPoller({ ...deps, acknowledge: (deed) => acknowledgeIncident(deps, deed) });
  deps.log.info('the worker is up');
  return async () => {
    await Promise.all([consumers.close(), poller.stop()]);
    await deps.close();
  };
});
