// Part of the service worker: shows what the leading tab asks for, and opens it when it is pressed.
/** Every open page of the dashboard. */
const pages = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true });

/** Nobody needs to be told what stands on the page before them. */
const show = async ({ title, body, tag, url }) => {
  const open = await pages();
  if (open.some(({ visibilityState, focused }) => visibilityState === 'visible' && focused)) return;
  await self.registration.showNotification(title, {
    body,
    tag,
    renotify: true,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { url },
  });
};

/** A screen on the wall stays what it is, and pages for strangers have no incidents. */
const opensIncidents = ({ url }) => !/^\/(?:wall|docs|s|l|login)(?:\/|$)/u.test(new URL(url).pathname);

const reveal = async (url) => {
  const [page] = (await pages()).filter(opensIncidents);
  if (page === undefined) return void (await self.clients.openWindow(url));
  page.postMessage({ kind: 'farwatch.open', url });
  await page.focus();
};

self.addEventListener('message', (event) => {
  if (event.data?.kind === 'farwatch.show') event.waitUntil(show(event.data));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(reveal(event.notification.data?.url ?? '/'));
});
