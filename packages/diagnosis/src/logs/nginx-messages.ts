import type { Cause } from '../causes.ts';
import type { Meaning } from './line.ts';

/** What a failed connect() means by its errno (Linux). Over a unix socket 2, 11 and 13 speak of the socket. */
const connectErrnos: Readonly<Record<number, Cause>> = {
  2: 'socket-missing',
  11: 'origin-saturated',
  13: 'gateway-config', // over TCP: a security module forbids it
  22: 'gateway-wrong-target',
  24: 'gateway-overloaded',
  99: 'gateway-overloaded',
  101: 'origin-unreachable',
  104: 'origin-reset',
  110: 'origin-unreachable',
  111: 'origin-not-listening',
  113: 'origin-unreachable',
};
export const connectCause = (errno: number, isSocket: boolean): Cause => {
  if (isSocket && errno === 13) return 'socket-permission';
  return connectErrnos[errno] ?? 'origin-unreachable';
};

/**
 * Every message of nginx 1.22's upstream code and its kin, by their fixed words, in the order in which they are tried.
 * src/http/ngx_http_upstream*.c, modules/ngx_http_{proxy,fastcgi,uwsgi,scgi,grpc,memcached,auth_request,limit_*}_module.c,
 * src/event/ngx_event_{connect,openssl,pipe,accept}.c, src/core/ngx_{resolver,connection}.c, ngx_http_core_module.c.
 */
export const nginxMessages: readonly Meaning[] = [
  { of: /auth request unexpected status/u, cause: 'gateway-dependency' },
  {
    of: /client (?:prematurely closed|timed out)|while (?:sending to client|reading client|waiting for request|keepalive)|while SSL handshaking, client/u,
    cause: null,
  },
  { of: /no live upstreams/u, cause: 'no-live-upstream' },
  { of: /upstream server temporarily disabled/u, cause: null },
  { of: /upstream timed out[^,]{0,80} while connecting/u, cause: 'origin-unreachable' },
  { of: /upstream timed out[^,]{0,80} while SSL handshaking/u, cause: 'upstream-tls' },
  { of: /upstream timed out/u, cause: 'origin-timeout' },
  {
    of: /upstream prematurely closed[^,]{0,80} while reading upstream|upstream closed connection/u,
    cause: 'truncated-body',
  },
  { of: /upstream prematurely closed/u, cause: 'origin-closed-early' },
  { of: /upstream sent too big header/u, cause: 'origin-header-too-big' },
  {
    of: /upstream sent (?:more data than specified in "Content-Length"|data after final chunk|response body larger than indicated)/u,
    cause: 'compression-or-length',
  },
  { of: /upstream (?:rejected request|sent goaway) with error/u, cause: 'origin-refusing' },
  { of: /(?:upstream sent |upstream violated |memcached sent )/u, cause: 'origin-invalid-response' },
  {
    of: /(?:invalid header after joining FastCGI|no connection data found for keepalive http2)/u,
    cause: 'origin-invalid-response',
  },
  { of: /(?:fastcgi request record is too big|uwsgi request is too (?:big|little))/u, cause: 'request-too-large' },
  {
    of: /upstream SSL certificate|SSL_do_handshake\(\) failed|peer closed connection in SSL handshake|SSL_set_tlsext_host_name|handshake rejected|SSL_(?:read|write)\(\) failed[^,]{0,300} (?:upstream|to upstream)/u,
    cause: 'upstream-tls',
  },
  {
    of: /(?:host not found in upstream|could not be resolved|DNS error|DNS response|unexpected RR|in-addr\.arpa or ip6\.arpa name)/u,
    cause: 'upstream-dns',
  },
  { of: /no resolver defined to resolve/u, cause: 'gateway-config' },
  {
    of: /(?:worker_connections are not enough|Too many open files|but only \d{1,9} files are available|accept4?\(\) failed|could not allocate node|Cannot assign requested address|reference counter overflow)/u,
    cause: 'gateway-overloaded',
  },
  { of: /limiting (?:requests|connections)(?:, dry run|[^,]{0,20}by zone "[^"]{0,80}", dry run)/u, cause: null },
  { of: /limiting (?:requests|connections)/u, cause: 'rate-limited' },
  { of: /delaying (?:request|unauthorized)/u, cause: null },
  { of: /access forbidden by rule|ModSecurity: Access denied/u, cause: 'blocked' },
  { of: /client intended to send too large body/u, cause: 'request-too-large' },
  {
    of: /(?:redirection cycle|subrequests cycle|could not find named location|no handler found|nested in-memory subrequest|empty URI in redirect|connection upgrade in subrequest)/u,
    cause: 'gateway-config',
  },
  {
    of: /(?:zero length URI to proxy|invalid URL prefix|no (?:port|servers|host) in upstream|invalid (?:port|host) in upstream|invalid local address|no upstream configuration|requires SSL support|may not have port|the rewritten URI has a zero length|key" variable is not set|is not enough for cache key|thread pool "[^"]{0,80}" not found|cache "[^"]{0,80}" not found|key is more than \d{3,6} bytes)/u,
    cause: 'gateway-config',
  },
  {
    of: /(?:No space left on device|(?:open|mkdir|rename|pwrite)\(\) "[^"]{0,300}\/(?:proxy|fastcgi|uwsgi|scgi|client_body|cache)[^"]{0,300}" failed \(13:)/u,
    cause: 'gateway-config',
  },
  {
    of: /cannot load certificate|no "[a-z_]{5,40}_ssl_certificate_key" is defined|no \w{2,10}_ssl_trusted_certificate/u,
    cause: 'gateway-config',
  },
  {
    of: /(?:was not found by memcached|contains invalid header|directory index of|open\(\) "[^"]{0,500}" failed|signal process started|reusing connections)/u,
    cause: null,
  },
  { of: /connect\(\) failed/u, cause: 'origin-unreachable' }, // its errno is missing
  { of: /recycled buffer in pipe/u, cause: null },
];

/** What FastCGI wrote to its error stream, by its words. */
export const fastcgiStderr: readonly Meaning[] = [
  { of: /Primary script unknown|Unable to open primary script/u, cause: 'not-found' },
  { of: /Access to the script '[^']{0,300}' has been denied/u, cause: 'gateway-config' },
  {
    of: /PHP (?:Fatal|Parse|Recoverable fatal) error|Uncaught |Allowed memory size|Maximum execution time|Segmentation fault/u,
    cause: 'app-error',
  },
];
