import { apacheSamples } from './apache.fixture.ts';
import { applicationDocuments } from './application-documents.fixture.ts';
import { applicationSamples } from './applications.fixture.ts';
import { caddySamples } from './caddy.fixture.ts';
import { edgeSamples } from './edges.fixture.ts';
import { gatewayDocuments } from './gateway-documents.fixture.ts';
import { h2oSamples } from './h2o.fixture.ts';
import { haproxySamples } from './haproxy.fixture.ts';
import { lighttpdSamples } from './lighttpd.fixture.ts';
import { nghttpxSamples } from './nghttpx.fixture.ts';
import { nginxSamples } from './nginx.fixture.ts';
import { platformSamples } from './platforms.fixture.ts';
import type { Sample } from './sample.fixture.ts';
import { squidSamples } from './squid.fixture.ts';
import { trafficserverSamples } from './trafficserver.fixture.ts';
import { varnishSamples } from './varnish.fixture.ts';

/** Every answer of edges, gateways, platforms, servers and applications whose writer is known. */
export const samples: readonly Sample[] = [
  ...[...apacheSamples, ...caddySamples, ...h2oSamples, ...haproxySamples, ...lighttpdSamples, ...nghttpxSamples],
  ...[...nginxSamples, ...squidSamples, ...trafficserverSamples, ...varnishSamples, ...applicationSamples],
  ...[...gatewayDocuments, ...applicationDocuments, ...edgeSamples, ...platformSamples],
];
