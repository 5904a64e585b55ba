import {
  type AssertionSchema,
  type MonitorPatch,
  type MonitorView,
  monitorDefaults,
  type NewMonitor,
} from '@farwatch/contracts';
import { defaultPolicySettings, parseMonitorUrl, urlFaultText } from '@farwatch/domain';
import { t } from '@lingui/core/macro';
import { fieldOf } from '../../api/call-error.ts';
import { type ConnectionValues, connectionOf, connectionValues } from './connection-values.ts';
import {
  type AuthValues,
  authFault,
  authPart,
  authValues,
  hasBody,
  headersFault,
  headersOf,
  headersPatch,
  headersText,
} from './request-values.ts';

/** A monitor as the form holds it; lengths are seconds, since that is what people type. */
export type MonitorValues = Readonly<{
  url: string;
  name: string;
  method: MonitorView['method'];
  /** A line each. */
  headers: string;
  body: string;
  verifyTls: boolean;
  auth: AuthValues;
  intervalSeconds: number;
  timeoutSeconds: number;
  maxRedirects: number;
  expectedStatuses: string;
  /** Empty = every region there is. */
  regions: readonly string[];
  tags: readonly string[];
  /** Null = by tag, else the default. */
  policyId: string | null;
  alertAfterMs: number;
  /** What it takes to call it down. */
  policy: MonitorView['policy'];
  /** Monitors that it depends on. */
  parents: readonly string[];
  assertions: readonly AssertionSchema[];
  /** Empty = a good answer is never degraded. */
  degradedAboveMs: number | null;
  connection: ConnectionValues;
}>;

export const freshValues = (url: string): MonitorValues => ({
  url,
  name: '',
  method: monitorDefaults.method,
  headers: '',
  body: '',
  verifyTls: monitorDefaults.verifyTls,
  auth: authValues(null),
  intervalSeconds: monitorDefaults.intervalMs / 1_000,
  timeoutSeconds: monitorDefaults.timeoutMs / 1_000,
  maxRedirects: monitorDefaults.maxRedirects,
  expectedStatuses: monitorDefaults.expectedStatuses,
  regions: [],
  tags: monitorDefaults.tags,
  policyId: monitorDefaults.policyId,
  alertAfterMs: monitorDefaults.alertAfterMs,
  policy: defaultPolicySettings,
  parents: monitorDefaults.parents,
  assertions: monitorDefaults.assertions,
  degradedAboveMs: monitorDefaults.degradedAboveMs,
  connection: connectionValues(),
});

export const valuesOf = (monitor: MonitorView): MonitorValues => ({
  url: monitor.url,
  name: monitor.name,
  method: monitor.method,
  headers: headersText(monitor.headers),
  body: monitor.body ?? '',
  verifyTls: monitor.verifyTls,
  auth: authValues(monitor.auth, monitor.url),
  intervalSeconds: monitor.intervalMs / 1_000,
  timeoutSeconds: monitor.timeoutMs / 1_000,
  maxRedirects: monitor.maxRedirects,
  expectedStatuses: monitor.expectedStatuses,
  regions: monitor.regions,
  tags: monitor.tags,
  policyId: monitor.policyId,
  alertAfterMs: monitor.alertAfterMs,
  policy: monitor.policy,
  parents: monitor.parents,
  assertions: monitor.assertions,
  degradedAboveMs: monitor.degradedAboveMs,
  connection: connectionValues(monitor.connection),
});

/** What people type is rarely a whole URL: `example.com` means `https://example.com`. */
export const completeUrl = (typed: string): string => {
  const text = typed.trim();
  return text === '' || /^[a-z][a-z0-9+.-]*:(?!\d)/iu.test(text) ? text : `https://${text}`;
};

/** Of a policy only what was changed is said: a colleague's change of the rest stays. */
const policyPart = ({ policy }: MonitorValues, before: MonitorView['policy']): Pick<NewMonitor, 'policy'> => {
  const changed = Object.entries(policy).filter(([name, value]) => value !== before[name as keyof typeof before]); // its own names
  return changed.length === 0 ? {} : { policy: Object.fromEntries(changed) };
};

/** `before`: the policy that holds already. */
export const bodyOf = (values: MonitorValues, before: MonitorView['policy'] = defaultPolicySettings): NewMonitor => ({
  url: completeUrl(values.url),
  method: values.method,
  headers: headersOf(values.headers),
  body: hasBody(values.method) && values.body !== '' ? values.body : null,
  verifyTls: values.verifyTls,
  ...authPart(values.auth),
  intervalMs: Math.round(values.intervalSeconds * 1_000),
  timeoutMs: Math.round(values.timeoutSeconds * 1_000),
  maxRedirects: values.maxRedirects,
  expectedStatuses: values.expectedStatuses.replaceAll(' ', ''),
  tags: [...values.tags],
  policyId: values.policyId,
  alertAfterMs: values.alertAfterMs,
  parents: [...values.parents],
  assertions: [...values.assertions],
  degradedAboveMs: values.degradedAboveMs,
  connection: connectionOf(values.connection),
  ...policyPart(values, before),
  ...(values.name.trim() === '' ? {} : { name: values.name.trim() }),
  ...(values.regions.length === 0 ? {} : { regions: [...values.regions] }),
});

/** What changes a monitor into what the form holds. */
export const patchOf = (values: MonitorValues, before: Pick<MonitorView, 'policy' | 'headers'>): MonitorPatch => ({
  ...bodyOf(values, before.policy),
  headers: headersPatch(values.headers, before.headers),
});

export const urlFault = (typed: string): string | null => {
  if (typed.trim() === '') return t`Enter the URL of a site.`;
  const parsed = parseMonitorUrl(completeUrl(typed));
  return parsed.ok ? null : urlFaultText[parsed.fault];
};

const tag = /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,49}$/u;
const statuses = /^[1-9][0-9]{2}(-[1-9][0-9]{2})?(,[1-9][0-9]{2}(-[1-9][0-9]{2})?){0,15}$/u;
const between = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value >= least && value <= most;

/** The same rules as the contract's, said before anything is sent. */
export const validation = {
  url: urlFault,
  headers: headersFault,
  auth: (auth: AuthValues, { url }: Pick<MonitorValues, 'url'>) => authFault(auth, completeUrl(url)),
  name: (name: string) => (name.length > 200 ? t`A name may have at most 200 characters.` : null),
  intervalSeconds: (value: number) => (between(value, 10, 86_400) ? null : t`Between 10 seconds and a day.`),
  timeoutSeconds: (value: number) => (between(value, 0.5, 60) ? null : t`Between 0.5 and 60 seconds.`),
  tags: (tags: readonly string[]) =>
    tags.every((each) => tag.test(each)) ? null : t`Letters, digits, spaces and . _ : / - only, at most 50.`,
  alertAfterMs: (value: number) => (between(value, 0, 86_400_000) ? null : t`At most a day.`),
  maxRedirects: (value: number) => (between(value, 0, 20) ? null : t`Between 0 and 20.`),
  expectedStatuses: (text: string) =>
    statuses.test(text.replaceAll(' ', '')) ? null : t`Codes and ranges, like 200-399 or 200,204,301-302.`,
};

/** The names under which the form shows what is wrong with a field; `formErrors` has its words under them. */
const shown = new Set([
  ...['url', 'name', 'method', 'intervalSeconds', 'timeoutSeconds', 'maxRedirects', 'expectedStatuses', 'regions'],
  ...['tags', 'policyId', 'alertAfterMs', 'parents', 'assertions', 'degradedAboveMs', 'headers', 'body', 'auth'],
  ...['httpVersion', 'family', 'serverName', 'hostHeader', 'resolvers', 'origin'].map((name) => `connection.${name}`),
  ...['agree', 'failuresToOpen', 'successesToResolve', 'degradedAfter', 'graceMs'],
]);
/** Whether each of these words stands at a field of the form; else the form says so as a whole. */
export const allShown = (errors: Readonly<Record<string, string>>): boolean =>
  Object.keys(errors).every((name) => shown.has(name));

const formNames: Readonly<Record<string, string>> = { intervalMs: 'intervalSeconds', timeoutMs: 'timeoutSeconds' };
const inAuth = /^\/auth(\/|$)/u;
const inHeaders = /^\/headers(\/|$)/u;
const ofConnection = /^\/connection\/([a-zA-Z]+)/u;
const ofAssertion = /^\/assertions\/(\d+)/u;
/** The server's words about fields, by JSON pointer, under the form's names. */
export const formErrors = (faults: Readonly<Record<string, string>>): Record<string, string> => {
  const errors: Record<string, string> = {};
  for (const [pointer, text] of Object.entries(faults)) {
    const [, nth] = ofAssertion.exec(pointer) ?? [];
    const [, part] = ofConnection.exec(pointer) ?? [];
    const field =
      part !== undefined
        ? `connection.${part}`
        : inAuth.test(pointer)
          ? 'auth'
          : inHeaders.test(pointer)
            ? 'headers'
            : nth === undefined
              ? fieldOf(pointer)
              : 'assertions';
    const name = formNames[field] ?? field;
    const words = nth === undefined ? text : `Assertion ${Number(nth) + 1}: ${text}`;
    errors[name] = errors[name] === undefined ? words : `${errors[name]} ${words}`;
  }
  return errors;
};
