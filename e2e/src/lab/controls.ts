import { gate } from './alone.ts';
import { behind, behindGateways } from './behind-gateways.ts';
import { type GatewayName, gatewayNames } from './gateways.ts';
import type { ActName } from './origins.ts';
import type { Scenario, Truth } from './scenario.ts';
import type { Told } from './truths.ts';

const healthy: Truth = { wrote: 'other', broke: ['none'], causes: ['healthy'], isHealthy: true };
const controls: readonly ActName[] = ['good', 'good-gzip', 'good-chunks', 'good-members', 'good-tiny', 'good-close'];

const faults: readonly Told[] = ['gzip-cut', 'gzip-corrupt', 'gzip-not', 'gzip-length', 'cut-chunks', 'length-long'];
const more: readonly Told[] = ['closes-at-once', 'resets-at-once', 'missing', 'error500-php', 'refusing', 'limited'];
/** These end a page that lacks its last chunk as if it had come, so nobody outside can miss it. Measured, Debian 12. */
const mends: ReadonlySet<string> = new Set(['caddy-cut-chunks', 'lighttpd-cut-chunks']);
/** Varnish 7.1 checks what is compressed, and takes no gzip of several members: what it does with such pages is a fault of its own. */
const ownWay: ReadonlySet<string> = new Set(['varnish-good-members']);
const passing: readonly GatewayName[] = gatewayNames.filter((name) => name !== 'varnish');

const known = new Set(behindGateways.map(({ id }) => id));
/** Without those that are played already, and those that end in ways of their gateway's own. */
const rest = (some: readonly Scenario[]): readonly Scenario[] =>
  some.filter(({ id }) => !known.has(id) && !mends.has(id) && !ownWay.has(id));

/** Healthy pages through every gateway, and the faults and errors that they only pass on. */
export const passedOnByAll: readonly Scenario[] = rest([
  ...gatewayNames.flatMap((name) => controls.map((origin) => gate(name, origin, healthy, { origin }))),
  ...gatewayNames.map((name) => gate(name, 'good-head', healthy, { origin: 'good', request: { method: 'HEAD' } })),
  ...passing.flatMap((name) => faults.map((told) => behind(name, told, {}, ''))),
  ...gatewayNames.flatMap((name) => more.map((told) => behind(name, told, {}, ''))),
]);
