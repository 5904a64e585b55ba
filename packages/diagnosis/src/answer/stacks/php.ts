import { command, config, forAll, type StackHelp } from '../help.ts';

const status = command('Whether PHP-FPM runs, and why not', 'systemctl status {fpm} --no-pager');
const restart = command('Start it again', '{fpmTest}systemctl restart {fpm}');
const listens = command(
  'On which socket or port it listens',
  "grep -rhE '^ *listen' /etc/php/*/fpm/pool.d/ /etc/php-fpm.d/ 2>/dev/null",
);
const pool = command(
  'Whether the pool is full',
  "grep -h 'max_children' /var/log/php*-fpm.log /var/log/php-fpm/*.log 2>/dev/null | tail -n 5",
);
const slowLog = config(
  'Name what is slow (pool file)',
  'request_slowlog_timeout = 5s\nslowlog = /var/log/php-fpm-slow.log',
);
const errors = command(
  'Its fatal errors',
  "grep -hE 'Fatal error|Uncaught|exited on signal|oom' /var/log/php*-fpm.log /var/log/nginx/error.log /var/log/apache2/error.log 2>/dev/null | tail -n 20",
);
const log = [
  command('PHP-FPM’s log at that time', 'journalctl -u {fpm} --since {since} --until {until} --no-pager'),
  errors,
];

export const phpFpm: StackHelp = {
  id: 'php-fpm',
  fixes: {
    'origin-not-listening': [status, restart],
    'gateway-wrong-target': [listens],
    'socket-missing': [status, listens, restart],
    'socket-permission': [
      config(
        'Give the socket to the web server’s user (pool file)',
        'listen.owner = www-data\nlisten.group = www-data\nlisten.mode = 0660',
      ),
      restart,
    ],
    'origin-saturated': [
      pool,
      config('More workers, as many as memory carries (pool file)', 'pm.max_children = 20\nlisten.backlog = 511'),
      slowLog,
      restart,
    ],
    'origin-timeout': [pool, slowLog, restart],
    'origin-closed-early': [errors, config('More memory for one request (php.ini)', 'memory_limit = 256M')],
    'origin-reset': [
      errors,
      config('Let a request end before it is killed (pool file)', 'request_terminate_timeout = 120s'),
    ],
    'origin-header-too-big': [
      command(
        'Who sends large cookies',
        "curl -sS -o /dev/null -D - '{url}' | grep -i '^set-cookie' | awk '{ print length, $0 }' | cut -c1-80 | sort -rn | head",
      ),
    ],
    ...forAll(
      ['empty-page', 'app-error', 'masked-outage'],
      [errors, config('Write errors to the log, never to the page (php.ini)', 'log_errors = On\ndisplay_errors = Off')],
    ),
    'compression-or-length': [config('To confirm: no compression in PHP (php.ini)', 'zlib.output_compression = Off')],
  },
  otherwise: [status, errors],
  log,
  source: 'php.net/manual/en/install.fpm.configuration.php; php-src, sapi/fpm',
};

const wpLog = config(
  'Name the error in wp-content/debug.log (wp-config.php)',
  "define( 'WP_DEBUG', true );\ndefine( 'WP_DEBUG_LOG', true );\ndefine( 'WP_DEBUG_DISPLAY', false );",
);
const wpOff = command(
  'Switch all plugins off without them being loaded, then on again one by one',
  'wp plugin deactivate --all --skip-plugins --skip-themes',
);

/** WordPress stands on PHP: its own words come first. */
export const wordpress: StackHelp = {
  id: 'wordpress',
  fixes: {
    ...forAll(
      ['app-error', 'empty-page', 'masked-outage'],
      [wpLog, wpOff, command('Whether the database answers', 'wp db check')],
    ),
    ...forAll(
      ['origin-closed-early', 'origin-timeout', 'origin-saturated', 'origin-reset'],
      [
        status,
        pool,
        wpOff,
        config('More memory for WordPress (wp-config.php)', "define( 'WP_MEMORY_LIMIT', '256M' );"),
      ],
    ),
    'origin-not-listening': [status, restart],
    'socket-missing': [status, listens, restart],
    maintenance: [
      command(
        'Take a maintenance mode away that an update left behind',
        'wp maintenance-mode deactivate || rm -f .maintenance',
      ),
    ],
    'compression-or-length': [wpOff],
    blocked: [
      command(
        'Which security plugins are on',
        "wp plugin list --status=active --skip-plugins | grep -iE 'wordfence|security|firewall|limit'",
      ),
    ],
  },
  otherwise: [status, errors, wpOff],
  log: [...log, command('WordPress’ own log', 'tail -n 50 wp-content/debug.log')],
  source: 'developer.wordpress.org, "Debugging in WordPress"; wp-cli.org',
};
