import { type DialRules, headerIsOurs, pathFault, patternFault } from '@farwatch/checker';
import { type MonitorPatch, monitorDefaults, type NewMonitor } from '@farwatch/contracts';
import { type Assertion, defaultPolicySettings } from '@farwatch/domain';
import { type FieldFault, problem } from '../../plugins/problems.ts';
import { elsewhereFaults, type KeptAuth } from './auth.ts';
import { connectionFaults, sameConnection } from './connection.ts';
import { judgeUrl } from './judge-url.ts';
import { mergeHeaders } from './merge-headers.ts';
import { neverTrue } from './never-true.ts';
import type { ParentVerdict } from './parents.ts';
import { countFaults, sizeFaults } from './request-size.ts';
import type { MonitorRow } from './view.ts';

/** What a person sets on a monitor, complete and judged. */
export type Settings = Pick<
  MonitorRow,
  | 'name'
  | 'url'
  | 'method'
  | 'intervalMs'
  | 'timeoutMs'
  | 'maxRedirects'
  | 'expectedStatuses'
  | 'regions'
  | 'tags'
  | 'policyId'
  | 'alertAfterMs'
  | 'policy'
  | 'parents'
  | 'headers'
  | 'body'
  | 'verifyTls'
  | 'auth'
  | 'authSealed'
  | 'assertions'
  | 'degradedAboveMs'
  | 'connection'
>;
/** What settings are judged by: what exists to be named in them, and the addresses that may be dialled. */
export type Ground = Readonly<{
  regions: readonly string[];
  policies: ReadonlySet<string>;
  /** What each monitor that is named as a parent can be. */
  parents: ReadonlyMap<string, ParentVerdict>;
  dialRules: DialRules;
}>;

const longestName = 200;

const regionFaults = (given: readonly string[], known: readonly string[]): readonly FieldFault[] =>
  given.flatMap((region, i) => {
    const detail = `There is no region "${region}".`;
    return known.includes(region) ? [] : [{ pointer: `/regions/${i}`, code: 'unknown-region', detail }];
  });

/** Of what a look is given, and how often it is made. */
export const timeoutFaults = ({
  timeoutMs,
  intervalMs,
}: Pick<Settings, 'timeoutMs' | 'intervalMs'>): readonly FieldFault[] => {
  const detail = 'A look must end before the next one begins: the timeout may not exceed the interval.';
  return timeoutMs <= intervalMs ? [] : [{ pointer: '/timeoutMs', code: 'timeout-exceeds-interval', detail }];
};

const statusFaults = (expected: string): readonly FieldFault[] => {
  const reversed = expected.split(',').find((part) => {
    const [from = '', to = from] = part.split('-');
    return Number(from) > Number(to);
  });
  const detail = `The range ${reversed} ends before it begins.`;
  return reversed === undefined ? [] : [{ pointer: '/expectedStatuses', code: 'range-reversed', detail }];
};

const policyFaults = (given: string | null, known: ReadonlySet<string>): readonly FieldFault[] => {
  const detail = 'There is no such escalation policy.';
  return given === null || known.has(given) ? [] : [{ pointer: '/policyId', code: 'unknown-policy', detail }];
};

const parentFault = {
  unknown: 'There is no such monitor.',
  circle: 'It can not be a parent: it depends on this monitor.',
};
export const parentFaults = (given: readonly string[], known: Ground['parents']): readonly FieldFault[] =>
  given.flatMap((id, i) => {
    const verdict = known.get(id) ?? 'unknown';
    if (verdict === 'good') return [];
    const code = verdict === 'circle' ? 'parent-circle' : 'unknown-monitor';
    return [{ pointer: `/parents/${i}`, code, detail: parentFault[verdict] }];
  });

const assertionFaults = (given: readonly Assertion[]): readonly FieldFault[] =>
  given.flatMap((assertion, i) => {
    const pattern = 'value' in assertion && 'compare' in assertion && /matches$/u.test(assertion.compare);
    const value = pattern ? patternFault(String(assertion.value)) : null;
    const path = 'path' in assertion ? pathFault(assertion.path) : null;
    return [
      ...(value === null
        ? []
        : [{ pointer: `/assertions/${i}/value`, code: 'pattern-invalid', detail: `No RE2 pattern: ${value}.` }]),
      ...(path === null
        ? []
        : [{ pointer: `/assertions/${i}/path`, code: 'path-invalid', detail: `No JSON path: ${path}.` }]),
    ];
  });

const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const requestFaults = ({ method, body, auth }: Settings, { headers = {} }: MonitorPatch): readonly FieldFault[] => {
  const wrong = body !== null && bodiless.has(method);
  const detail = `A ${method} has no body.`;
  const set = Object.keys(headers).filter((name) => headers[name] !== null);
  const named = auth?.kind === 'header' ? [...set, auth.name ?? ''] : set;
  return [
    ...(wrong ? [{ pointer: '/body', code: 'body-not-sent', detail }] : []),
    ...named.filter(headerIsOurs).map((name) => ({
      pointer: auth?.kind === 'header' && name === auth.name ? '/auth/name' : '/headers',
      ...{ code: 'header-not-yours', detail: `The header ${name} is set by the connection or by us.` },
    })),
  ];
};

/** Throws 400 with all of them, if there are any. */
export const refuse = (faults: readonly FieldFault[]): void => {
  if (faults.length === 0) return;
  const detail = faults.map((fault) => fault.detail).join(' ');
  throw problem(400, 'validation-failed', detail, faults);
};

/** A region that went away stays where it was set; only what is set now must exist. A policy that went is none. */
const judge = (settings: Settings, given: MonitorPatch, ground: Ground, before: Settings | null): Settings => {
  const { regions, policies, parents, dialRules } = ground;
  const judged = given.url === undefined ? null : judgeUrl(given.url, dialRules, '/url');
  refuse([
    ...(judged?.ok === false ? [judged.fault] : []),
    ...regionFaults(given.regions ?? [], regions),
    ...timeoutFaults(settings),
    ...statusFaults(settings.expectedStatuses),
    ...policyFaults(given.policyId ?? null, policies),
    ...parentFaults(given.parents ?? [], parents),
    ...assertionFaults(given.assertions ?? []),
    ...requestFaults(settings, given),
    ...(before === null || judged?.ok === false
      ? []
      : elsewhereFaults(before, { ...settings, url: judged?.url.href ?? before.url }, given.auth)),
    ...countFaults(settings),
    ...sizeFaults(before, settings),
    ...neverTrue(settings, given),
    ...(given.connection === undefined && given.url === undefined ? [] : connectionFaults(settings, ground)),
  ]);
  const url = judged?.ok ? judged.url.href : settings.url;
  const policyId = settings.policyId !== null && policies.has(settings.policyId) ? settings.policyId : null;
  return { ...settings, url, policyId, regions: settings.regions.toSorted() };
};

/** The settings of a new monitor, gaps filled. Throws 400 with every field that can't be. */
export const newSettings = ({ auth: _, ...given }: NewMonitor, ground: Ground, kept: KeptAuth): Settings => {
  if (given.regions === undefined && ground.regions.length === 0)
    throw problem(409, 'no-regions', 'There is no region to look from. Set FARWATCH_REGIONS.');
  const name = given.name ?? (URL.parse(given.url)?.host ?? '').slice(0, longestName);
  const policy = { ...defaultPolicySettings, ...given.policy };
  const connection = { ...monitorDefaults.connection, ...given.connection };
  const all = { ...monitorDefaults, regions: ground.regions, ...given, ...kept, name, policy, connection };
  return judge(all, given, ground, null);
};

/** The settings after a merge patch. Throws 400 with every field that can't be. */
export const patchedSettings = (before: Settings, patch: MonitorPatch, ground: Ground, kept: KeptAuth): Settings => {
  const { auth: _, ...given } = patch;
  const headers = mergeHeaders(before.headers, given.headers ?? {});
  const policy = { ...before.policy, ...given.policy };
  const connection = { ...before.connection, ...given.connection };
  return judge({ ...before, ...given, ...kept, headers, policy, connection }, patch, ground, before);
};

/** Whether what was learnt of the monitor still holds: it was learnt about another question when one of these changed. */
export const asksSomethingElse = (before: Settings, after: Settings): boolean =>
  before.url !== after.url ||
  before.method !== after.method ||
  before.expectedStatuses !== after.expectedStatuses ||
  before.regions.join() !== after.regions.join() ||
  before.body !== after.body ||
  before.verifyTls !== after.verifyTls ||
  before.authSealed !== after.authSealed ||
  !sameConnection(before.connection, after.connection) ||
  JSON.stringify([before.assertions, before.headers]) !== JSON.stringify([after.assertions, after.headers]);
