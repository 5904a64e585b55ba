import type { ProductHelp } from '../help.ts';
import { apacheHelp } from './apache.ts';
import { squidHelp, trafficServerHelp, varnishHelp } from './caches.ts';
import { awsHelp, azureHelp, cloudflareHelp, cloudfrontHelp, googleHelp } from './clouds.ts';
import { haproxyHelp } from './haproxy.ts';
import { nginxHelp } from './nginx.ts';
import {
  digitalOceanHelp,
  flyHelp,
  herokuHelp,
  netlifyHelp,
  ngrokHelp,
  railwayHelp,
  renderHelp,
  vercelHelp,
} from './platforms.ts';
import { caddyHelp, iisHelp, lighttpdHelp, meshHelp } from './servers.ts';

const helps: readonly ProductHelp[] = [
  ...[
    nginxHelp,
    apacheHelp,
    haproxyHelp,
    varnishHelp,
    squidHelp,
    trafficServerHelp,
    caddyHelp,
    lighttpdHelp,
    meshHelp,
    iisHelp,
  ],
  ...[cloudflareHelp, cloudfrontHelp, awsHelp, googleHelp, azureHelp],
  ...[herokuHelp, vercelHelp, netlifyHelp, flyHelp, railwayHelp, renderHelp, digitalOceanHelp, ngrokHelp],
];
const byId = new Map(helps.flatMap((help) => help.ids.map((id): [string, ProductHelp] => [id, help])));

/** What is known of a product; null = nothing more than of any. */
export const productHelp = (id: string | null): ProductHelp | null => (id === null ? null : (byId.get(id) ?? null));
export const helpedProducts: readonly string[] = [...byId.keys()];
