import { command, config, forAll, type ProductHelp } from '../help.ts';

const test = command('Test the configuration, and take it over', 'apachectl configtest && systemctl reload apache2');
const targets = command(
  'Where it goes',
  "grep -rnE '(ProxyPass|BalancerMember|SetHandler .proxy|FcgidWrapper)' /etc/apache2 /etc/httpd 2>/dev/null",
);

export const apacheHelp: ProductHelp = {
  ids: ['apache'],
  fixes: {
    ...forAll(
      ['origin-not-listening', 'gateway-wrong-target', 'socket-missing', 'origin-unreachable', 'no-live-upstream'],
      [targets],
    ),
    'socket-permission': [command('As whom it runs', 'ps -o user=,group=,args= -C apache2,httpd | head -n 3')],
    'origin-timeout': [config('More time, only where the work takes it', 'ProxyTimeout 120'), test],
    'origin-closed-early': [
      config('No connection kept that the application may have closed', 'SetEnv proxy-initial-not-pooled 1'),
    ],
    'origin-reset': [
      config('No connection kept that the application may have closed', 'ProxyPass "/" "http://{target}/" ttl=4'),
    ],
    'origin-header-too-big': [
      config('Room for the headers', 'ProxyPass "/" "http://{target}/" responsefieldsize=16384'),
      test,
    ],
    'upstream-tls': [
      config('TLS to the upstream', 'SSLProxyEngine on\nSSLProxyVerify require\nSSLProxyCheckPeerName on'),
      test,
    ],
    'compression-or-length': [
      config('To confirm: no compression from the application', 'RequestHeader unset Accept-Encoding'),
    ],
    'gateway-overloaded': [
      command(
        'Whether all its workers are busy',
        'apachectl fullstatus 2>/dev/null | head -n 40; grep -h MaxRequestWorkers /var/log/apache2/error.log /var/log/httpd/error_log 2>/dev/null | tail',
      ),
    ],
    'gateway-config': [test],
    'app-error': [command('Its last errors', 'tail -n 50 /var/log/apache2/error.log')],
    ...forAll(
      ['gateway-down', 'gateway-hang', 'gateway-closed'],
      [
        command(
          'Whether it runs, and why not',
          'systemctl status apache2 --no-pager; journalctl -u apache2 -n 50 --no-pager',
        ),
      ],
    ),
    ...forAll(
      ['certificate-expired', 'certificate-wrong-name', 'certificate-chain', 'certificate-self-signed'],
      [
        command(
          'Which certificates it serves',
          'apachectl -S; grep -rn SSLCertificate /etc/apache2 /etc/httpd 2>/dev/null',
        ),
      ],
    ),
  },
  log: [
    command('Its error log, last lines', "grep -E 'proxy|AH0[01]' /var/log/apache2/error.log | tail -n 50"),
    command(
      'The same from the journal, where it logs there',
      'journalctl -u apache2 --since {since} --until {until} --no-pager',
    ),
  ],
  signs: {
    'origin-not-listening': '“(111)Connection refused: AH00957” or AH01079',
    'socket-missing': '“(2)No such file or directory: AH02454”',
    'socket-permission': '“(13)Permission denied: AH02454”',
    'origin-saturated': '“(11)Resource temporarily unavailable: AH02454”',
    'origin-timeout': '“(70007)The timeout specified has expired: AH01102” or AH01075',
    'origin-closed-early':
      '“(20014)Internal error: AH01102: error reading status line” or “End of script output before headers”',
    'origin-reset': '“(104)Connection reset by peer: AH01102”',
    'origin-unreachable': '“(110)Connection timed out: AH00957” or “(113)No route to host”',
    'origin-invalid-response':
      '“(22)Invalid argument: AH01102: error reading status line” or “malformed header from script”',
    'origin-header-too-big': '“AH01106: bad HTTP/1.1 header returned”',
    'upstream-dns': '“DNS lookup failure”, AH00898',
    'upstream-tls': '“AH00961” or “SSL Proxy requested”',
    'no-live-upstream': '“All workers are in error state”, AH01167',
    'gateway-overloaded': '“server reached MaxRequestWorkers setting”',
    'truncated-body': '“AH01110: error reading response”',
  },
  source: 'httpd.apache.org/docs/2.4/mod/mod_proxy.html; Apache httpd, modules/proxy',
};
