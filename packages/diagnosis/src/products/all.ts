import { aiohttp } from './aiohttp.ts';
import { akamai } from './akamai.ts';
import { angie } from './angie.ts';
import { apache } from './apache.ts';
import { aspNet } from './aspnet.ts';
import { awsAlb } from './aws-alb.ts';
import { awsApiGateway } from './aws-api-gateway.ts';
import { azureAppService } from './azure-app-service.ts';
import { azureApplicationGateway } from './azure-application-gateway.ts';
import { azureFrontDoor } from './azure-front-door.ts';
import { bottle } from './bottle.ts';
import { bunny } from './bunny.ts';
import { caddy } from './caddy.ts';
import { cherrypy } from './cherrypy.ts';
import { cloudflare } from './cloudflare.ts';
import { cloudfront } from './cloudfront.ts';
import { datadome } from './datadome.ts';
import { ddosGuard } from './ddos-guard.ts';
import { digitalocean } from './digitalocean.ts';
import { django } from './django.ts';
import { drupal } from './drupal.ts';
import { envoy } from './envoy.ts';
import { express } from './express.ts';
import { f5 } from './f5.ts';
import { fastify } from './fastify.ts';
import { fastly } from './fastly.ts';
import { fly } from './fly.ts';
import { freenginx } from './freenginx.ts';
import { githubPages } from './github-pages.ts';
import { googleFrontend } from './google-frontend.ts';
import { googleLb } from './google-lb.ts';
import { gunicorn } from './gunicorn.ts';
import { h2o } from './h2o.ts';
import { haproxy } from './haproxy.ts';
import { heroku } from './heroku.ts';
import { iis } from './iis.ts';
import { imperva } from './imperva.ts';
import { ingressDefault } from './ingress-default.ts';
import { jetty } from './jetty.ts';
import { kestrel } from './kestrel.ts';
import { kong } from './kong.ts';
import { laravel } from './laravel.ts';
import { lighttpd } from './lighttpd.ts';
import { litespeed } from './litespeed.ts';
import { modsecurity } from './modsecurity.ts';
import { nestJs } from './nestjs.ts';
import { netlify } from './netlify.ts';
import { nextJs } from './next-js.ts';
import { nghttpx } from './nghttpx.ts';
import { nginx } from './nginx.ts';
import { ngrok } from './ngrok.ts';
import { openresty } from './openresty.ts';
import { openshift } from './openshift.ts';
import { passenger } from './passenger.ts';
import { perimeterx } from './perimeterx.ts';
import { php } from './php.ts';
import type { Product } from './product.ts';
import { puma } from './puma.ts';
import { rails } from './rails.ts';
import { railway } from './railway.ts';
import { render } from './render.ts';
import { sinatra } from './sinatra.ts';
import { spring } from './spring.ts';
import { squid } from './squid.ts';
import { sucuri } from './sucuri.ts';
import { symfony } from './symfony.ts';
import { tengine } from './tengine.ts';
import { tomcat } from './tomcat.ts';
import { tornado } from './tornado.ts';
import { traefik } from './traefik.ts';
import { trafficserver } from './trafficserver.ts';
import { uvicorn } from './uvicorn.ts';
import { uwsgi } from './uwsgi.ts';
import { varnish } from './varnish.ts';
import { vercel } from './vercel.ts';
import { waitress } from './waitress.ts';
import { werkzeug } from './werkzeug.ts';
import { wordfence } from './wordfence.ts';
import { wordpress } from './wordpress.ts';

const edges: readonly Product[] = [
  cloudflare,
  cloudfront,
  fastly,
  akamai,
  imperva,
  sucuri,
  googleFrontend,
  azureFrontDoor,
  azureAppService,
  heroku,
  vercel,
  netlify,
  fly,
  render,
  railway,
  digitalocean,
  githubPages,
  datadome,
  perimeterx,
  ddosGuard,
  ngrok,
  bunny,
];
const gateways: readonly Product[] = [
  freenginx,
  angie,
  apache,
  caddy,
  envoy,
  h2o,
  haproxy,
  iis,
  kong,
  lighttpd,
  litespeed,
  nghttpx,
  nginx,
  openresty,
  squid,
  tengine,
  traefik,
  trafficserver,
  varnish,
  awsAlb,
  awsApiGateway,
  googleLb,
  azureApplicationGateway,
  ingressDefault,
  openshift,
  modsecurity,
  f5,
];
const applications: readonly Product[] = [
  sinatra,
  aspNet,
  symfony,
  puma,
  nestJs,
  fastify,
  uvicorn,
  aiohttp,
  tornado,
  waitress,
  bottle,
  cherrypy,
  django,
  drupal,
  express,
  gunicorn,
  jetty,
  kestrel,
  laravel,
  nextJs,
  passenger,
  php,
  rails,
  spring,
  tomcat,
  uwsgi,
  werkzeug,
  wordpress,
  wordfence,
];

/** Every product that is known, as a request meets them: edges first. */
export const products: readonly Product[] = [...edges, ...gateways, ...applications];

const byId = new Map(products.map((product) => [product.id, product]));
export const productOf = (id: string | null): Product | null => (id === null ? null : (byId.get(id) ?? null));
