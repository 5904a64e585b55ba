import { command, config, type StackHelp } from '../help.ts';

const nodeLog = command(
  'The application’s log at that time',
  'journalctl -u APP --since {since} --until {until} --no-pager || pm2 logs APP --lines 200 --nostream',
);
const nodeState = command(
  'Whether it runs, and how often it was started anew',
  'systemctl status APP --no-pager; pm2 ls',
);
const nodeStart = command('Start it again', 'systemctl restart APP   # or: pm2 restart APP');

export const node: StackHelp = {
  id: 'node',
  fixes: {
    'origin-not-listening': [
      nodeState,
      nodeStart,
      config('Listen where the gateway looks', "server.listen({port}, '127.0.0.1');"),
    ],
    'gateway-wrong-target': [command('Where it listens', "ss -ltnp | grep -E 'node|bun|deno'")],
    'origin-closed-early': [
      nodeLog,
      command(
        'Give it more memory, if that killed it',
        "systemctl set-property --runtime APP MemoryMax=2G   # and NODE_OPTIONS='--max-old-space-size=1536'",
      ),
    ],
    'origin-reset': [
      config(
        'Keep idle connections longer than the gateway does (60 s)',
        'server.keepAliveTimeout = 65_000;\nserver.headersTimeout = 66_000;',
      ),
    ],
    'origin-timeout': [nodeLog, command('Whether its one thread is busy', 'top -b -n 1 | head -n 15')],
    'origin-saturated': [command('One process a core', 'pm2 start server.js -i max')],
    'origin-header-too-big': [config('Allow larger headers', 'node --max-http-header-size=32768 server.js')],
    'compression-or-length': [config('To confirm: no compression middleware', '// app.use(compression());')],
    'app-error': [nodeLog],
  },
  otherwise: [nodeState, nodeLog],
  log: [nodeLog],
  source: 'nodejs.org/api/http.html; pm2.keymetrics.io/docs',
};

const pyState = command(
  'Whether its service runs, and why not',
  "systemctl status gunicorn --no-pager; systemctl status uwsgi --no-pager; ss -ltnp | grep -E 'gunicorn|uwsgi|uvicorn|python'",
);
const pyLog = command(
  'The application’s log at that time',
  'journalctl -u gunicorn -u uwsgi --since {since} --until {until} --no-pager',
);

export const python: StackHelp = {
  id: 'python',
  fixes: {
    'origin-not-listening': [pyState, command('Start it again', 'systemctl restart gunicorn   # or: uwsgi')],
    'gateway-wrong-target': [
      pyState,
      config(
        'nginx speaks to uWSGI by uwsgi_pass, to gunicorn by proxy_pass',
        'location / { include uwsgi_params; uwsgi_pass {target}; }',
      ),
    ],
    'socket-missing': [
      pyState,
      command('The unit that makes the socket', 'systemctl status gunicorn.socket --no-pager'),
    ],
    'socket-permission': [
      config(
        'Open the socket to the web server’s group (gunicorn.socket, uwsgi.ini)',
        '[Socket]\nSocketUser=www-data\nSocketMode=0660\n\n[uwsgi]\nchmod-socket = 660',
      ),
    ],
    'origin-timeout': [
      pyLog,
      config('More time for one request', 'gunicorn --timeout 120 …\n\n[uwsgi]\nharakiri = 120'),
    ],
    'origin-saturated': [
      config(
        'More workers: about two a core and one',
        'gunicorn --workers 5 --threads 4 …\n\n[uwsgi]\nprocesses = 5\nlisten = 1024',
      ),
    ],
    'origin-closed-early': [
      command(
        'Workers that were killed or timed out',
        "journalctl -u gunicorn -u uwsgi --since {since} --until {until} --no-pager | grep -E 'WORKER TIMEOUT|SIGKILL|signal 9|Traceback|invalid request block size'",
      ),
    ],
    'origin-invalid-response': [
      config(
        'uWSGI speaks its own protocol on socket =, HTTP on http-socket =',
        '[uwsgi]\nhttp-socket = 127.0.0.1:{port}',
      ),
    ],
    'origin-header-too-big': [config('uWSGI’s buffer for a request’s headers', '[uwsgi]\nbuffer-size = 32768')],
    'app-error': [pyLog],
  },
  otherwise: [pyState, pyLog],
  log: [pyLog],
  source: 'docs.gunicorn.org; uwsgi-docs.readthedocs.io',
};
