import type { MonitorPatch } from '@farwatch/contracts';
import type { Assertion } from '@farwatch/domain';
import type { FieldFault } from '../../plugins/problems.ts';
import type { Settings } from './settings.ts';

const ofBody: ReadonlySet<Assertion['kind']> = new Set(['body', 'body-size', 'json', 'json-present', 'json-number']);

/** At each assertion where assertions are given, else once at the field that makes them impossible. */
const pointersOf = (
  { assertions }: Settings,
  given: MonitorPatch,
  kinds: ReadonlySet<Assertion['kind']>,
  other: '/method' | '/url',
): readonly string[] => {
  const found = assertions.flatMap(({ kind }, i) => (kinds.has(kind) ? [`/assertions/${i}`] : []));
  return given.assertions === undefined && found.length > 0 ? [other] : found;
};

const isGiven = (given: MonitorPatch, names: readonly (keyof MonitorPatch)[]): boolean =>
  names.some((name) => given[name] !== undefined);

const headFaults = (settings: Settings, given: MonitorPatch): readonly FieldFault[] => {
  if (settings.method !== 'HEAD' || !isGiven(given, ['method', 'assertions'])) return [];
  const detail = 'An answer to HEAD has no body that an assertion could look at.';
  const pointers = pointersOf(settings, given, ofBody, '/method');
  return pointers.map((pointer) => ({ pointer, code: 'no-body-to-assert', detail }));
};

/** The certificate that counts is the last one met: a URL of http that may be redirected can lead to one. */
const certificateFaults = (settings: Settings, given: MonitorPatch): readonly FieldFault[] => {
  const plain = /^http:/iu.test(settings.url.trim()) && settings.maxRedirects === 0;
  if (!plain || !isGiven(given, ['url', 'maxRedirects', 'assertions'])) return [];
  const detail = 'http has no certificate, and no redirect is followed that could lead to one.';
  const pointers = pointersOf(settings, given, new Set(['certificate-days']), '/url');
  return pointers.map((pointer) => ({ pointer, code: 'no-certificate-to-assert', detail }));
};

const degradedFaults = ({ degradedAboveMs, timeoutMs }: Settings, given: MonitorPatch): readonly FieldFault[] => {
  if (degradedAboveMs === null || degradedAboveMs <= timeoutMs) return [];
  if (!isGiven(given, ['degradedAboveMs', 'timeoutMs'])) return [];
  const pointer = given.degradedAboveMs === undefined ? '/timeoutMs' : '/degradedAboveMs';
  const detail = 'No answer could be degraded: the look is ended by its timeout before.';
  return [{ pointer, code: 'degraded-exceeds-timeout', detail }];
};

/**
 * What could be saved and would never hold. Judged by the settings as they would be, and only where one of the fields it
 * is about is given: what was saved before there was this rule keeps nobody from renaming a monitor.
 */
export const neverTrue = (settings: Settings, given: MonitorPatch): readonly FieldFault[] => [
  ...headFaults(settings, given),
  ...certificateFaults(settings, given),
  ...degradedFaults(settings, given),
];
