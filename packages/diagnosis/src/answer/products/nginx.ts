import { command, config, forAll, type ProductHelp } from '../help.ts';

const test = command('Test the configuration, and take it over', 'nginx -t && systemctl reload nginx');
const targets = command(
  'Where it goes',
  "nginx -T 2>/dev/null | grep -nE '(proxy|fastcgi|uwsgi|scgi|grpc)_pass|upstream|^ *server '",
);
const nearby = command(
  'Its error log, last lines',
  "grep -E 'upstream|connect\\(\\)|recv\\(\\)' /var/log/nginx/error.log | tail -n 50",
);

/** Also OpenResty, Tengine, Kong and ingress-nginx, which are configured alike. */
export const nginxHelp: ProductHelp = {
  ids: ['nginx', 'openresty', 'tengine', 'kong'],
  fixes: {
    ...forAll(['origin-not-listening', 'gateway-wrong-target'], [targets]),
    'socket-missing': [targets],
    'socket-permission': [
      command('As whom its workers run', 'ps -o user=,group=,args= -C nginx | head -n 3'),
      command('Whether they may open the socket', 'sudo -u www-data test -w {socket} && echo yes || echo no'),
    ],
    'upstream-dns': [
      config(
        'A resolver, and a name that is asked for again',
        'resolver 127.0.0.53 valid=10s;\nset $backend http://UPSTREAM-NAME:PORT;\nproxy_pass $backend;',
      ),
    ],
    'upstream-tls': [
      config(
        'TLS to the upstream, with its name',
        'proxy_ssl_server_name on;\nproxy_ssl_name UPSTREAM-NAME;\nproxy_ssl_protocols TLSv1.2 TLSv1.3;',
      ),
    ],
    'origin-reset': [
      config(
        'Connections kept open shorter than the application keeps them',
        'upstream app {\n    server {target};\n    keepalive 16;\n    keepalive_timeout 4s;\n}',
      ),
    ],
    'origin-header-too-big': [
      config(
        'Room for the headers (proxy_pass)',
        'proxy_buffer_size 16k;\nproxy_buffers 8 16k;\nproxy_busy_buffers_size 32k;',
      ),
      config(
        'Room for the headers (fastcgi_pass)',
        'fastcgi_buffer_size 32k;\nfastcgi_buffers 8 16k;\nfastcgi_busy_buffers_size 32k;',
      ),
      test,
    ],
    'origin-timeout': [
      config(
        'More time, only where the work takes it',
        'proxy_read_timeout 120s;   # fastcgi_read_timeout, uwsgi_read_timeout',
      ),
      test,
    ],
    'origin-unreachable': [targets, config('Less waiting for a host that is away', 'proxy_connect_timeout 5s;')],
    'origin-invalid-response': [targets],
    'no-live-upstream': [
      targets,
      config('How soon a server counts as failed', 'server {target} max_fails=3 fail_timeout=10s;'),
    ],
    'truncated-body': [
      command(
        'Whether it has room for what it buffers',
        'df -h /var/lib/nginx /var/cache/nginx 2>/dev/null; ls -ld /var/lib/nginx',
      ),
    ],
    'compression-or-length': [
      config('To confirm: compress nowhere but here', "proxy_set_header Accept-Encoding '';\ngunzip on;"),
      test,
    ],
    'gateway-overloaded': [
      command(
        'Its limits',
        "nginx -T 2>/dev/null | grep -nE 'worker_(connections|rlimit_nofile|processes)'; grep -i 'open files' /proc/$(pgrep -o nginx)/limits",
      ),
      config('More connections', 'worker_rlimit_nofile 65536;\nevents { worker_connections 16384; }'),
    ],
    'gateway-config': [test],
    'gateway-dependency': [
      command('What it asks first', "nginx -T 2>/dev/null | grep -nE 'auth_request|mirror|limit_req'"),
    ],
    'request-too-large': [
      config('Larger requests', 'client_max_body_size 50m;\nlarge_client_header_buffers 4 16k;'),
      test,
    ],
    'rate-limited': [command('Its limits', "nginx -T 2>/dev/null | grep -nE 'limit_(req|conn)'")],
    ...forAll(
      ['gateway-down', 'gateway-hang', 'gateway-closed'],
      [
        command(
          'Whether it runs, and why not',
          'systemctl status nginx --no-pager; journalctl -u nginx -n 50 --no-pager',
        ),
      ],
    ),
    ...forAll(
      ['certificate-expired', 'certificate-wrong-name', 'certificate-chain', 'certificate-self-signed'],
      [command('Which certificates it serves', "nginx -T 2>/dev/null | grep -nE 'ssl_certificate|server_name'")],
    ),
    'wrong-scheme': [command('Which ports speak TLS', "nginx -T 2>/dev/null | grep -nE 'listen |ssl_certificate '")],
  },
  log: [
    nearby,
    command(
      'The same from the journal, where it logs there',
      'journalctl -u nginx --since {since} --until {until} --no-pager',
    ),
  ],
  signs: {
    'origin-not-listening': '“connect() failed (111: Connection refused)”',
    'gateway-wrong-target':
      '“connect() failed (111: …)” for an address the application never had, or “sent no valid HTTP/1.0 header”',
    'socket-missing': '“connect() to unix:… failed (2: No such file or directory)”',
    'socket-permission': '“connect() to unix:… failed (13: Permission denied)”',
    'origin-saturated': '“connect() to unix:… failed (11: Resource temporarily unavailable)”',
    'origin-closed-early': '“upstream prematurely closed connection”',
    'origin-reset': '“recv() failed (104: Connection reset by peer)”',
    'origin-header-too-big': '“upstream sent too big header”',
    'origin-invalid-response': '“upstream sent invalid header” or “no valid HTTP/1.0 header”',
    'origin-timeout': '“upstream timed out (110: …) while reading response header”',
    'origin-unreachable': '“upstream timed out (110: …) while connecting” or “113: No route to host”',
    'no-live-upstream': '“no live upstreams”',
    'upstream-dns': '“host not found in upstream” or “could not be resolved”',
    'upstream-tls': '“SSL_do_handshake() failed” while handshaking to upstream',
    'truncated-body': '“upstream prematurely closed connection while reading upstream”',
    'gateway-overloaded': '“worker_connections are not enough” or “Too many open files”',
    'gateway-config': '“rewrite or internal redirection cycle” and kin',
    'gateway-dependency': '“auth request unexpected status”',
    'compression-or-length': '“upstream sent more data than specified in "Content-Length"”, at level warn',
    'app-error': 'no line at all: it passes a 500 on in silence',
  },
  source: 'nginx.org/en/docs; nginx, src/http/ngx_http_upstream.c',
};
