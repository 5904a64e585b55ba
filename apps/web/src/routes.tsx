import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { setAsOf } from './api/as-of.ts';
import { CallError } from './api/call-error.ts';
import { restoreState } from './api/kept-state.ts';
import { leaveNothing, sessionIs } from './api/session-end.ts';
import { meQuery } from './features/accounts/queries.ts';
import type { MonitorsView } from './features/monitors/monitors-view.ts';
import { alertingSearch } from './pages/alerting-search.ts';
import { AwayPage } from './pages/away-page.tsx';
import { incidentsSearch } from './pages/incidents-search.ts';
import { maintenanceSearch } from './pages/maintenance-search.ts';
import { monitorSearch } from './pages/monitor-search.ts';
import { NotFoundAlone } from './pages/not-found-page.tsx';
import { monitorStatusOf, ownPathOf, settingsTabOf, textOf } from './pages/search.ts';
import { Skeletons } from './ui/skeletons.tsx';

type Context = Readonly<{ client: QueryClient }>;
type Search = Readonly<Record<string, unknown>>;
const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFoundAlone });

const door = {
  logIn: createRoute({
    getParentRoute: () => root,
    path: '/login',
    validateSearch: (search: Search): { next?: string | undefined; reset?: string | undefined } => ({
      next: ownPathOf(search.next),
      reset: textOf(search.reset),
    }),
    beforeLoad: () => void leaveNothing(),
    component: lazyRouteComponent(() => import('./pages/log-in-page.tsx'), 'LogInPage'),
  }),
  signUp: createRoute({
    getParentRoute: () => root,
    path: '/signup',
    component: lazyRouteComponent(() => import('./pages/sign-up-page.tsx'), 'SignUpPage'),
  }),
  forgot: createRoute({
    getParentRoute: () => root,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('./pages/forgot-password-page.tsx'), 'ForgotPasswordPage'),
  }),
  reset: createRoute({
    getParentRoute: () => root,
    path: '/reset-password',
    validateSearch: (search: Search): { token?: string | undefined } => ({ token: textOf(search.token) }),
    component: lazyRouteComponent(() => import('./pages/reset-password-page.tsx'), 'ResetPasswordPage'),
  }),
  verified: createRoute({
    getParentRoute: () => root,
    path: '/verified',
    validateSearch: (search: Search): { error?: string | undefined; changed?: string | undefined } => ({
      error: textOf(search.error),
      changed: textOf(search.changed),
    }),
    component: lazyRouteComponent(() => import('./pages/verified-page.tsx'), 'VerifiedPage'),
  }),
  link: createRoute({
    getParentRoute: () => root,
    path: '/l/$token',
    component: lazyRouteComponent(() => import('./pages/link-page.tsx'), 'LinkPage'),
  }),
  shared: createRoute({
    getParentRoute: () => root,
    path: '/s/$token',
    component: lazyRouteComponent(() => import('./pages/shared-page.tsx'), 'SharedPage'),
  }),
};

/** Before it is known who is looking there is nothing to hold a place for. */
const Blank = () => <div aria-busy="true" />;

/** Whether somebody is logged in. When nobody answers, what was kept of the last visit does, if there is something. */
const enter = async ({ client }: Context, href: string): Promise<void> => {
  try {
    await client.ensureQueryData(meQuery);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (error.status === 401) throw redirect({ to: '/login', search: href === '/' ? {} : { next: href } });
    const asOf = (error.status ?? 500) < 500 ? null : await restoreState(client);
    const me = client.getQueryData(meQuery.queryKey);
    if (asOf === null || me === undefined) throw error;
    sessionIs(me.account?.id ?? null, client); // whoever is logged in when the network is back may be another one
    setAsOf(asOf);
  }
};

/** Everything behind the log-in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: ({ context, location }) => enter(context, location.href),
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
  pendingComponent: Blank,
  errorComponent: AwayPage,
});

const pages = [
  createRoute({
    getParentRoute: () => app,
    path: '/',
    validateSearch: (search: Search): MonitorsView => ({
      search: textOf(search.search),
      status: monitorStatusOf(search.status),
      tag: textOf(search.tag),
      sort: textOf(search.sort),
      columns: textOf(search.columns),
    }),
    component: lazyRouteComponent(() => import('./pages/monitors-page.tsx'), 'MonitorsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/monitors/new',
    component: lazyRouteComponent(() => import('./pages/new-monitor-page.tsx'), 'NewMonitorPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/monitors/import',
    component: lazyRouteComponent(() => import('./pages/import-page.tsx'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/monitors/$monitorId',
    validateSearch: monitorSearch,
    component: lazyRouteComponent(() => import('./pages/monitor-page.tsx'), 'MonitorPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/monitors/$monitorId/settings',
    component: lazyRouteComponent(() => import('./pages/monitor-settings-page.tsx'), 'MonitorSettingsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/incidents',
    validateSearch: incidentsSearch,
    component: lazyRouteComponent(() => import('./pages/incidents-page.tsx'), 'IncidentsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/incidents/$incidentId',
    component: lazyRouteComponent(() => import('./pages/incident-page.tsx'), 'IncidentPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/alerting',
    validateSearch: alertingSearch,
    component: lazyRouteComponent(() => import('./pages/alerting-page.tsx'), 'AlertingPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/maintenance',
    validateSearch: maintenanceSearch,
    component: lazyRouteComponent(() => import('./pages/maintenance-page.tsx'), 'MaintenancePage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/api-keys',
    component: lazyRouteComponent(() => import('./pages/api-keys-page.tsx'), 'ApiKeysPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/settings',
    validateSearch: ({ tab }: Search): { tab?: ReturnType<typeof settingsTabOf> } => ({ tab: settingsTabOf(tab) }),
    component: lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => app,
    path: '/mails',
    component: lazyRouteComponent(() => import('./pages/mails-page.tsx'), 'MailsPage'),
  }),
] as const;

/** For a screen on a wall: no frame around it. */
const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  validateSearch: ({ tag }: Search): { tag?: string | undefined } => ({ tag: textOf(tag) }),
  beforeLoad: ({ context, location }) => enter(context, location.href),
  component: lazyRouteComponent(() => import('./pages/wall-page.tsx'), 'WallPage'),
  pendingComponent: Blank,
  errorComponent: AwayPage,
});

const tree = root.addChildren([...Object.values(door), wall, app.addChildren(pages)]);

/** Search parameters are plain words, as people write them; each page reads its own. */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Record<string, unknown>): string => {
  const words = Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  return words.length === 0 ? '' : `?${new URLSearchParams(words).toString().replaceAll('%2C', ',')}`;
};

export const newRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    defaultPendingComponent: () => <Skeletons rows={6} height={64} />,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
