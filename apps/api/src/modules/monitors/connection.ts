import { isIP } from 'node:net';
import { resolversAllowed } from '@farwatch/checker';
import { type Connection, connectionDefaults } from '@farwatch/contracts';
import type { FieldFault } from '../../plugins/problems.ts';
import { judgeUrl } from './judge-url.ts';
import type { Ground, Settings } from './settings.ts';

/** SQL: the whole connection of a monitor called `m`. */
export const connectionColumn = `'${JSON.stringify(connectionDefaults)}'::jsonb || m.connection AS connection`;

/** One order of fields, whatever the database made of them. */
const inOrder = ({ httpVersion, family, serverName, hostHeader, resolvers, origin }: Connection): Connection => ({
  ...{ httpVersion, family, serverName, hostHeader },
  resolvers: [...resolvers],
  origin,
});
export const sameConnection = (a: Connection, b: Connection): boolean =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

const resolverFaults = ({ resolvers }: Connection, { dialRules }: Ground): readonly FieldFault[] =>
  resolvers.flatMap((resolver, i) => {
    if (resolversAllowed([resolver], dialRules)) return [];
    const detail = `"${resolver}" is no address of a resolver that may be asked, such as 1.1.1.1 or [2606:4700:4700::1111]:53.`;
    return [{ pointer: `/connection/resolvers/${i}`, code: 'resolver-denied', detail }];
  });

const isBareOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
};
const originFaults = ({ origin }: Connection, { dialRules }: Ground): readonly FieldFault[] => {
  if (origin === null) return [];
  const pointer = '/connection/origin';
  const judged = judgeUrl(origin, dialRules, pointer);
  if (!judged.ok) return [judged.fault];
  const detail = 'An origin is a scheme and a host with its port, such as https://203.0.113.7:8443, and no path.';
  return isBareOrigin(origin) ? [] : [{ pointer, code: 'origin-with-path', detail }];
};

const familyFaults = ({ family }: Connection, url: string): readonly FieldFault[] => {
  const host = (URL.parse(url)?.hostname ?? '').replace(/^\[(.*)\]$/u, '$1');
  const detail = 'The URL names one address: it has one family.';
  return family === 'both' && isIP(host) !== 0 ? [{ pointer: '/connection/family', code: 'one-address', detail }] : [];
};

/** What is wrong with how a monitor's connections shall be made. */
export const connectionFaults = ({ connection, url }: Pick<Settings, 'connection' | 'url'>, ground: Ground) => [
  ...resolverFaults(connection, ground),
  ...originFaults(connection, ground),
  ...familyFaults(connection, url),
];
