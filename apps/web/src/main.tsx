// First: what follows may say something as soon as it is read.
import './texts/activate.ts';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from './api/query-client.ts';
import { newRouter } from './routes.tsx';
import { Theme } from './theme.tsx';
import { Told } from './ui/told.tsx';

const client = newQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (pathname !== '/login') void router.navigate({ to: '/login', search: { next: href }, replace: true });
});
const router = newRouter(client);

// Another tab took a new version, and this one's parts are gone: it begins again, once.
window.addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem('farwatch.reloaded') === location.href) return;
  sessionStorage.setItem('farwatch.reloaded', location.href);
  location.reload();
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <Theme>
        <QueryClientProvider client={client}>
          <Told />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Theme>
    </I18nProvider>
  </StrictMode>,
);
