import { updateOrganisation } from '@farwatch/contracts';
import { call } from '../../api/call.ts';
import { browserZone } from '../../ui/zone.ts';

/** A new organisation tells its times in UTC until somebody says where it is: whoever makes it is there. */
export const settleZone = async (): Promise<void> => {
  if (browserZone === 'UTC') return;
  // The account is made all the same when this fails; the settings offer the browser's zone then.
  await call(updateOrganisation, { body: { timeZone: browserZone } }, { within: 5_000 }).catch(() => undefined);
};
