import { behindGateways } from './behind-gateways.ts';
import { chains } from './chains.ts';
import { configured } from './configured.ts';
import { passedOnByAll } from './controls.ts';
import { deepChains } from './deep-chains.ts';
import { direct } from './direct.ts';
import { nginxAlone } from './nginx-alone.ts';
import type { Scenario } from './scenario.ts';
import { behindSmall } from './small-gateways.ts';

/** Every scenario there is, each with a name of its own. */
export const scenarios: readonly Scenario[] = [
  ...direct,
  ...behindGateways,
  ...nginxAlone,
  ...chains,
  ...passedOnByAll,
  ...configured,
  ...deepChains,
  ...behindSmall,
];
