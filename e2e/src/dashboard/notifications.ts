import type { Page, Worker } from 'playwright-core';

/** Playwright makes every page believe that it has the focus; a notification is for those that have not. */
export const withoutFeint = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
};
/** What is shown now. */
export const told = (worker: Worker): Promise<readonly Readonly<{ title: string; body: string }>[]> =>
  worker.evaluate(
    'registration.getNotifications().then((all) => all.map(({ title, body }) => ({ title, body })))',
  ) as Promise<readonly Readonly<{ title: string; body: string }>[]>; // what is made in the line above

/** How the worker sees its pages, for the message of a test that failed. */
export const pagesOf = (worker: Worker): Promise<unknown> =>
  worker.evaluate(`clients.matchAll({ type: 'window', includeUncontrolled: true }).then((all) =>
    all.map(({ url, visibilityState, focused }) => ({ url, visibilityState, focused })))`);

/** Counts in the worker's `self.shown` what is shown from now on. */
export const countShown = (worker: Worker): Promise<unknown> =>
  worker.evaluate(`{ const show = registration.showNotification.bind(registration); self.shown = 0;
    registration.showNotification = (...all) => { self.shown++; return show(...all); }; }`);

/** As if somebody had pressed it; that the window may come to the front is the browser's to allow. */
export const pressNotification = (worker: Worker): Promise<unknown> =>
  worker.evaluate(`registration.getNotifications().then(([notification]) =>
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification })))`);
