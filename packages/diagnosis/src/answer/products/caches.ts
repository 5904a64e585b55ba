import { command, config, forAll, type ProductHelp } from '../help.ts';

export const varnishHelp: ProductHelp = {
  ids: ['varnish'],
  fixes: {
    ...forAll(
      ['origin-not-listening', 'origin-unreachable', 'no-live-upstream', 'gateway-wrong-target'],
      [
        command('Which backends it holds for sick', 'varnishadm backend.list'),
        command('Where it goes', "grep -nE '\\.(host|port|path) *=' /etc/varnish/default.vcl"),
      ],
    ),
    'origin-timeout': [
      config(
        'More time, only where the work takes it',
        'backend default {\n    .host = "127.0.0.1";\n    .port = "{port}";\n    .first_byte_timeout = 120s;\n    .between_bytes_timeout = 60s;\n}',
      ),
    ],
    'origin-header-too-big': [
      command(
        'Room for the headers',
        'varnishadm param.set http_resp_hdr_len 16k\nvarnishadm param.set http_resp_size 64k',
      ),
    ],
    'compression-or-length': [
      config(
        'To confirm: no compression from the application',
        'sub vcl_backend_fetch {\n    unset bereq.http.Accept-Encoding;\n}',
      ),
    ],
    'gateway-config': [
      command('Whether its configuration compiles', 'varnishd -C -f /etc/varnish/default.vcl > /dev/null'),
    ],
    'gateway-overloaded': [
      command(
        'What it had to drop',
        "varnishstat -1 | grep -E 'sess_(drop|queued)|threads_limited|fetch_failed|backend_(fail|busy)'",
      ),
    ],
  },
  log: [
    command('Why fetches fail, as it happens', "varnishlog -g request -q 'FetchError'"),
    command('The last ones that are still in memory', "varnishlog -d -g request -q 'FetchError' | tail -n 80"),
  ],
  signs: {
    'origin-not-listening': '“FetchError backend … fail” (or “unhealthy”), with errno 111',
    'no-live-upstream': '“backend … unhealthy”',
    'origin-timeout': '“FetchError first byte timeout”',
    'origin-closed-early': '“FetchError HTC eof”',
    'origin-reset': '“FetchError HTC idle” or an error while reading',
    'origin-invalid-response': '“FetchError http format error” or “HTC junk”',
    'origin-header-too-big': '“FetchError http read error: overflow”',
    'compression-or-length': '“FetchError Invalid Gzip data” or “straight insufficient bytes”',
    'origin-saturated': '“backend … busy”',
    'truncated-body': '“FetchError straight insufficient bytes”',
  },
  source: 'varnish-cache.org/docs, reference vsl(7); Varnish Cache, bin/varnishd/http1',
};

export const squidHelp: ProductHelp = {
  ids: ['squid'],
  fixes: {
    ...forAll(
      ['origin-not-listening', 'origin-unreachable', 'no-live-upstream', 'gateway-wrong-target'],
      [
        command('Where it goes', "grep -nE '^(cache_peer|never_direct|http_port)' /etc/squid/squid.conf"),
        command('Which peers it holds for dead', 'squidclient mgr:server_list'),
      ],
    ),
    'upstream-dns': [command('Which resolvers it asks', 'squidclient mgr:idns | head -n 30')],
    'origin-timeout': [
      config('More time, only where the work takes it', 'read_timeout 3 minutes\nconnect_timeout 10 seconds'),
    ],
    'origin-header-too-big': [config('Room for the headers', 'reply_header_max_size 128 KB')],
    'gateway-config': [command('Test the configuration, and take it over', 'squid -k parse && squid -k reconfigure')],
    blocked: [command('What it refuses', "grep -nE '^(acl|http_access)' /etc/squid/squid.conf")],
  },
  log: [
    command(
      'Its log at that time',
      "tail -n 200 /var/log/squid/access.log | grep -E '/(50[0-9]|000) '; tail -n 50 /var/log/squid/cache.log",
    ),
  ],
  signs: {
    'origin-not-listening': 'ERR_CONNECT_FAIL with (111)',
    'origin-unreachable': 'ERR_CONNECT_FAIL with (110) or (113)',
    'origin-timeout': 'ERR_READ_TIMEOUT',
    'origin-closed-early': 'ERR_ZERO_SIZE_OBJECT',
    'origin-reset': 'ERR_READ_ERROR with (104)',
    'origin-invalid-response': 'ERR_INVALID_RESP',
    'origin-header-too-big': 'ERR_TOO_BIG',
    'upstream-dns': 'ERR_DNS_FAIL',
    'upstream-tls': 'ERR_SECURE_CONNECT_FAIL',
    'no-live-upstream': 'ERR_CANNOT_FORWARD',
    blocked: 'ERR_ACCESS_DENIED',
  },
  source: 'wiki.squid-cache.org; Squid, src/errorpage.cc',
};

export const trafficServerHelp: ProductHelp = {
  ids: ['trafficserver'],
  fixes: {
    ...forAll(
      ['origin-not-listening', 'gateway-wrong-target', 'origin-unreachable'],
      [command('Where it goes', 'cat /etc/trafficserver/remap.config')],
    ),
    'origin-timeout': [
      command(
        'More time, only where the work takes it',
        'traffic_ctl config set proxy.config.http.transaction_no_activity_timeout_out 120',
      ),
    ],
    'gateway-config': [command('Take its configuration over', 'traffic_ctl config reload')],
  },
  log: [command('Its errors', 'tail -n 50 /var/log/trafficserver/error.log /var/log/trafficserver/diags.log')],
  source: 'docs.trafficserver.apache.org/admin-guide',
};
