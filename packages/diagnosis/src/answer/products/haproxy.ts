import { command, config, forAll, type ProductHelp } from '../help.ts';

const test = command(
  'Test the configuration, and take it over',
  'haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl reload haproxy',
);
const state = command(
  'Which servers it holds for dead, and why',
  "echo 'show stat' | socat stdio /run/haproxy/admin.sock | cut -d, -f1,2,18,37,57",
);
const targets = command(
  'Where it goes',
  "grep -nE '^ *(server|backend|default_backend|use_backend) ' /etc/haproxy/haproxy.cfg",
);

export const haproxyHelp: ProductHelp = {
  ids: ['haproxy'],
  fixes: {
    ...forAll(['origin-not-listening', 'no-live-upstream', 'origin-unreachable'], [state, targets]),
    ...forAll(['gateway-wrong-target', 'upstream-tls', 'upstream-dns', 'origin-invalid-response'], [targets]),
    'origin-timeout': [config('More time, only where the work takes it', 'timeout server 120s'), test],
    'origin-saturated': [
      state,
      config('A queue in front of the workers, and an end to it', 'server app {target} maxconn 50\ntimeout queue 10s'),
    ],
    'origin-header-too-big': [config('Room for the headers', 'tune.bufsize 32768\ntune.maxrewrite 4096'), test],
    'origin-reset': [
      config('A request that was not taken is asked again', 'retries 3\nretry-on conn-failure empty-response'),
    ],
    'gateway-overloaded': [
      command(
        'Its limits',
        "echo 'show info' | socat stdio /run/haproxy/admin.sock | grep -iE 'maxconn|currconns|ulimit'",
      ),
    ],
    'gateway-config': [test],
    ...forAll(
      ['gateway-down', 'gateway-hang', 'gateway-closed'],
      [
        command(
          'Whether it runs, and why not',
          'systemctl status haproxy --no-pager; journalctl -u haproxy -n 50 --no-pager',
        ),
      ],
    ),
  },
  words: {
    'no-live-upstream':
      'HAProxy holds every server of this backend for dead: look at what its health check asks for and what the servers answer.',
  },
  log: [
    command(
      'Its log at that time: the termination state names the stage',
      'journalctl -u haproxy --since {since} --until {until} --no-pager',
    ),
  ],
  signs: {
    'origin-not-listening': 'termination state SC, or “<NOSRV>”, with “Connection refused” in the health check',
    'no-live-upstream': '“<NOSRV>” with SC, or “backend … has no server available”',
    'origin-unreachable': 'termination state sC',
    'origin-timeout': 'termination state sH',
    'origin-closed-early': 'termination state SH',
    'origin-reset': 'termination state SH or SD',
    'origin-invalid-response': 'termination state PH',
    'origin-header-too-big': 'termination state PH, “show errors” names the header',
    'origin-saturated': 'termination state sQ',
    'truncated-body': 'termination state SD or sD',
    'upstream-tls': '“SSL handshake failure” in the health check',
    'gateway-overloaded': 'termination state RC or PC',
    blocked: 'termination state PR',
  },
  source: 'docs.haproxy.org, configuration manual, 8.5 "Session state at disconnection"',
};
