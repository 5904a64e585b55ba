import { command, config, forAll, type ProductHelp } from '../help.ts';

export const caddyHelp: ProductHelp = {
  ids: ['caddy'],
  fixes: {
    ...forAll(
      ['origin-not-listening', 'gateway-wrong-target', 'socket-missing', 'no-live-upstream', 'origin-unreachable'],
      [
        command('Where it goes', "grep -nE 'reverse_proxy|php_fastcgi|to ' /etc/caddy/Caddyfile"),
        command('What it thinks of its upstreams', 'curl -sS http://localhost:2019/reverse_proxy/upstreams'),
      ],
    ),
    'socket-permission': [
      command(
        'Let its user open the socket of the web server',
        'usermod -aG www-data caddy && systemctl restart caddy',
      ),
    ],
    'origin-timeout': [
      config(
        'More time, only where the work takes it',
        'reverse_proxy {target} {\n    transport http {\n        response_header_timeout 120s\n    }\n}',
      ),
    ],
    'upstream-tls': [
      config('TLS to the upstream', 'reverse_proxy https://{target} {\n    header_up Host {upstream_hostport}\n}'),
    ],
    'origin-header-too-big': [
      config(
        'Room for the headers',
        'reverse_proxy {target} {\n    transport http {\n        max_response_header 64KB\n    }\n}',
      ),
    ],
    'gateway-config': [
      command(
        'Test the configuration, and take it over',
        'caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy',
      ),
    ],
    ...forAll(
      ['gateway-down', 'gateway-hang', 'gateway-closed', 'certificate-expired'],
      [
        command(
          'Whether it runs, and why not',
          'systemctl status caddy --no-pager; journalctl -u caddy -n 50 --no-pager',
        ),
      ],
    ),
  },
  log: [
    command(
      'Its log at that time',
      'journalctl -u caddy --since {since} --until {until} --no-pager | grep \'"level":"error"\'',
    ),
  ],
  signs: {
    'origin-not-listening': '“connect: connection refused”',
    'socket-missing': '“dial unix …: connect: no such file or directory”',
    'socket-permission': '“dial unix …: connect: permission denied”',
    'origin-unreachable': '“dial tcp …: i/o timeout” or “no route to host”',
    'origin-timeout': '“timeout awaiting response headers”',
    'origin-closed-early': '“EOF”',
    'origin-reset': '“connection reset by peer”',
    'origin-invalid-response': '“malformed HTTP response”',
    'origin-header-too-big': '“response headers exceeded”',
    'upstream-dns': '“lookup …: no such host”',
    'upstream-tls': '“tls: …” or “x509: …”',
    'no-live-upstream': '“no upstreams available”',
  },
  source: 'caddyserver.com/docs/caddyfile/directives/reverse_proxy; Go, net and net/http',
};

export const lighttpdHelp: ProductHelp = {
  ids: ['lighttpd'],
  fixes: {
    ...forAll(
      ['origin-not-listening', 'gateway-wrong-target', 'socket-missing', 'no-live-upstream'],
      [
        command(
          'Where it goes',
          'grep -rnE \'(proxy|fastcgi|scgi)\\.server|socket|"port"\' /etc/lighttpd/*.conf /etc/lighttpd/conf-enabled 2>/dev/null',
        ),
      ],
    ),
    'gateway-config': [
      command(
        'Test the configuration, and take it over',
        'lighttpd -tt -f /etc/lighttpd/lighttpd.conf && systemctl reload lighttpd',
      ),
    ],
    ...forAll(
      ['gateway-down', 'gateway-hang', 'gateway-closed'],
      [command('Whether it runs, and why not', 'systemctl status lighttpd --no-pager')],
    ),
  },
  log: [command('Its error log, last lines', 'tail -n 50 /var/log/lighttpd/error.log')],
  signs: {
    'origin-not-listening': '“establishing connection failed: Connection refused”',
    'origin-closed-early': '“unexpected end-of-file”, or no line at all,',
    'origin-reset': '“response not received … Connection reset by peer”',
    'origin-timeout': '“read timeout on socket”',
    'origin-header-too-big': '“response headers too large”',
    'no-live-upstream': '“all handlers … are down”',
    'origin-saturated': '“backend is overloaded”',
  },
  source: 'redmine.lighttpd.net; lighttpd, src/gw_backend.c',
};

export const meshHelp: ProductHelp = {
  ids: ['envoy', 'traefik', 'ingress-default', 'openshift'],
  fixes: {
    ...forAll(
      ['origin-not-listening', 'no-live-upstream', 'origin-unreachable', 'gateway-wrong-target'],
      [
        command('Whether the service has any endpoint', 'kubectl get endpointslices -A | grep SERVICE'),
        command(
          'Envoy’s own view of its clusters',
          "curl -sS http://localhost:15000/clusters | grep -E 'health_flags|cx_connect_fail'",
        ),
      ],
    ),
    'origin-timeout': [
      command('Envoy’s timeouts', 'curl -sS http://localhost:15000/config_dump | grep -nE \'"timeout"\' | head'),
    ],
    'origin-saturated': [
      command(
        'Envoy’s circuit breakers',
        "curl -sS http://localhost:15000/stats | grep -E 'upstream_(rq|cx)_(pending_)?overflow'",
      ),
    ],
  },
  log: [
    command(
      'The proxy’s log at that time: the response flags name the stage',
      'kubectl logs POD -c istio-proxy --since=30m | grep -E " (50[0-9]) "',
    ),
  ],
  signs: {
    'origin-not-listening': 'flag UF with “delayed_connect_error:_111”',
    'origin-unreachable': 'flag UF with a connection timeout',
    'no-live-upstream': 'flag UH',
    'origin-closed-early': 'flag UC',
    'origin-reset': 'flag UR or UC',
    'origin-timeout': 'flag UT',
    'origin-saturated': 'flag UO',
    'origin-invalid-response': 'flag UPE',
    'upstream-dns': 'flag DF',
    'gateway-config': 'flag NR or NC',
    'rate-limited': 'flag RL',
  },
  source: 'envoyproxy.io/docs, access log response flags; doc.traefik.io',
};

export const iisHelp: ProductHelp = {
  ids: ['iis'],
  fixes: {
    ...forAll(
      ['origin-refusing', 'origin-not-listening', 'origin-closed-early', 'app-error'],
      [
        command('Application pools and their state (PowerShell)', 'Get-IISAppPool | Select-Object Name, State'),
        command('Start one again', "Start-WebAppPool -Name 'POOL'"),
      ],
    ),
    'origin-timeout': [
      config('More time for the proxy (web.config, ARR)', '<proxy enabled="true" timeout="00:02:00" />'),
    ],
    'gateway-config': [
      command(
        'What the last requests failed with',
        "Get-WinEvent -LogName System -MaxEvents 50 | Where-Object ProviderName -like '*WAS*'",
      ),
    ],
  },
  log: [
    command(
      'Why requests never reached the application (PowerShell)',
      "Get-Content 'C:\\Windows\\System32\\LogFiles\\HTTPERR\\httperr1.log' -Tail 50",
    ),
  ],
  signs: {
    'origin-refusing': '“AppOffline” or “Disabled”',
    'origin-saturated': '“QueueFull”',
    'origin-timeout': 'win32 status 12002',
    'origin-not-listening': 'win32 status 12029',
  },
  source: 'learn.microsoft.com/iis, HTTP 503 and ARR 502 troubleshooting',
};
