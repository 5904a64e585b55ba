import { freePort, selfMadeCertificate } from '@farwatch/testkit';
import { type Program, type ProgramPlan, startProgram } from './program.ts';

/** Where a gateway is pointed at. */
export type Upstream = Readonly<{
  port: number;
  /** A path in place of host and port. */
  socket?: string;
  speaks?: 'http' | 'https' | 'fastcgi';
  host?: string;
}>;
/** What varies from one scenario to the next without changing its truth. */
export type Variety = Readonly<{
  hidesVersion?: boolean;
  timeoutS?: number;
  /** More lines of its configuration, where a request is handled. */
  extra?: string;
  /** More lines beside that. */
  outside?: string;
  /** Speaks TLS to whoever looks. */
  tls?: boolean;
}>;
type Config = (upstream: Upstream, port: number, variety: Variety) => Omit<ProgramPlan, 'port'>;

const isRoot = process.getuid?.() === 0;

const nginxTarget = ({ port, socket, speaks = 'http', host = '127.0.0.1' }: Upstream): string => {
  if (speaks === 'fastcgi')
    return `include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME FOLDER/www/index.php; fastcgi_pass ${socket === undefined ? `${host}:${port}` : `unix:${socket}`};`;
  return `proxy_pass ${speaks}://${socket === undefined ? `${host}:${port}` : `unix:${socket}:`};`;
};
const nginx: Config = (
  upstream,
  port,
  { hidesVersion = false, timeoutS = 2, extra = '', outside = '', tls = false },
) => {
  const t = `${timeoutS}s`;
  return {
    names: ['nginx'],
    logFile: 'error.log',
    folders: ['tmp', 'www'],
    files: {
      ...(tls ? { 'cert.pem': pair().cert, 'key.pem': pair().key } : {}),
      'www/index.html': 'static',
      'nginx.conf': `daemon off; pid nginx.pid; error_log FOLDER/error.log info; worker_processes 1; ${isRoot ? 'user www-data;' : ''}
events { worker_connections 64; }
http {
  access_log off; ${hidesVersion ? 'server_tokens off;' : ''}
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
  resolver 127.0.0.1:1 valid=1s; resolver_timeout 1s;
  ${outside}
  server {
    listen 127.0.0.1:${port}${tls ? ' ssl' : ''};
    ${tls ? 'ssl_certificate cert.pem; ssl_certificate_key key.pem;' : ''}
    location / { ${extra.includes('return ') || extra.includes('proxy_pass') ? '' : nginxTarget(upstream)} ${extra}
      proxy_connect_timeout ${t}; proxy_read_timeout ${t}; proxy_send_timeout ${t}; fastcgi_read_timeout ${t}; fastcgi_connect_timeout ${t}; }
  }
}`,
    },
    args: () => ['-p', 'FOLDER', '-c', 'FOLDER/nginx.conf', '-e', 'FOLDER/error.log'],
  };
};

const apache: Config = (
  { port: to, socket, speaks = 'http', host = '127.0.0.1' },
  port,
  { hidesVersion = false, timeoutS = 2, extra = '' },
) => {
  const target =
    speaks === 'fastcgi'
      ? socket === undefined
        ? `fcgi://${host}:${to}/var/www/`
        : `unix:${socket}|fcgi://localhost/var/www/`
      : `${speaks}://${host}:${to}/`;
  const modules = [
    'mpm_event',
    'authz_core',
    'proxy',
    'proxy_http',
    'proxy_fcgi',
    'proxy_balancer',
    'lbmethod_byrequests',
    'slotmem_shm',
    'rewrite',
    'headers',
    'ssl',
    'socache_shmcb',
    'alias',
  ];
  return {
    names: ['apache2', 'httpd'],
    logFile: 'error.log',
    folders: ['run'],
    files: {
      'httpd.conf': `ServerRoot FOLDER
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
DefaultRuntimeDir FOLDER/run
PidFile FOLDER/run/pid
Listen 127.0.0.1:${port}
ServerName shop.example
${isRoot ? 'User www-data\nGroup www-data' : ''}
ErrorLog FOLDER/error.log
LogLevel info
ServerTokens ${hidesVersion ? 'Prod' : 'Full'}
ServerSignature ${hidesVersion ? 'Off' : 'On'}
ProxyTimeout ${timeoutS}
SSLProxyEngine on
${extra || `ProxyPass / ${target} connectiontimeout=${timeoutS} retry=0\n`}
`,
    },
    args: () => ['-X', '-f', 'FOLDER/httpd.conf'],
  };
};

const haproxy: Config = (
  { port: to, speaks, host = '127.0.0.1' },
  port,
  { timeoutS = 2, extra = '', outside = '' },
) => ({
  names: ['haproxy'],
  files: {
    'haproxy.cfg': `global
  log stdout format raw local0
  maxconn 100
defaults
  mode http
  log global
  option httplog
  timeout connect ${timeoutS}s
  timeout client 30s
  timeout server ${timeoutS}s
  timeout queue ${timeoutS}s
frontend web
  bind 127.0.0.1:${port}
  ${extra}
  default_backend shop
backend shop
  retries 1
  ${outside}
  server one ${host}:${to} ${speaks === 'https' ? 'ssl verify none' : ''}
`,
  },
  args: () => ['-f', 'FOLDER/haproxy.cfg', '-db'],
});

const varnish: Config = ({ port: to, host = '127.0.0.1' }, port, { timeoutS = 2, extra = '' }) => ({
  names: ['varnishd'],
  folders: ['work'],
  files: {
    'default.vcl': `vcl 4.1;
backend default { .host = "${host}"; .port = "${to}"; .connect_timeout = ${timeoutS}s; .first_byte_timeout = ${timeoutS}s; .between_bytes_timeout = ${timeoutS}s; ${extra} }
sub vcl_recv { return (pass); }`,
  },
  args: () => [
    '-F',
    '-a',
    `127.0.0.1:${port}`,
    '-f',
    'FOLDER/default.vcl',
    '-n',
    'FOLDER/work',
    '-s',
    'malloc,16m',
    '-j',
    'none',
  ],
});

const squid: Config = ({ port: to }, port, { timeoutS = 2 }) => ({
  names: ['squid'],
  logFile: 'cache.log',
  files: {
    'squid.conf': `http_port 127.0.0.1:${port} accel defaultsite=shop.example no-vhost
cache_peer 127.0.0.1 parent ${to} 0 no-query originserver name=shop no-digest
http_access allow all
cache deny all
cache_effective_user ${isRoot ? 'proxy' : ''}
pid_filename FOLDER/squid.pid
cache_log FOLDER/cache.log
access_log none
coredump_dir FOLDER
connect_timeout ${timeoutS} seconds
read_timeout ${timeoutS} seconds
forward_timeout ${timeoutS + 1} seconds
shutdown_lifetime 0 seconds
visible_hostname gate.example
never_direct allow all
`,
  },
  args: () => ['-N', '-f', 'FOLDER/squid.conf'],
});

const caddy: Config = ({ port: to, speaks, socket }, port, { timeoutS = 2, extra = '' }) => ({
  names: ['caddy'],
  folders: ['home'],
  files: {
    Caddyfile: `{
  admin off
  auto_https off
}
http://:${port} {
  bind 127.0.0.1
  ${
    extra ||
    `reverse_proxy ${socket === undefined ? `${speaks === 'https' ? 'https' : 'http'}://127.0.0.1:${to}` : `unix/${socket}`} {
    transport http {
      dial_timeout ${timeoutS}s
      response_header_timeout ${timeoutS}s
      ${speaks === 'https' ? 'tls_insecure_skip_verify' : ''}
    }
  }`
  }
}`,
  },
  args: () => ['run', '--config', 'FOLDER/Caddyfile', '--adapter', 'caddyfile'],
  env: { HOME: '/tmp', XDG_DATA_HOME: '/tmp/farwatch-caddy', XDG_CONFIG_HOME: '/tmp/farwatch-caddy' },
});

const lighttpd: Config = ({ port: to, speaks, socket }, port, { hidesVersion = false, timeoutS = 2 }) => ({
  names: ['lighttpd'],
  logFile: 'error.log',
  folders: ['www'],
  files: {
    'www/index.php': '<?php',
    'lighttpd.conf': `server.modules = ("mod_proxy", "mod_fastcgi")
server.port = ${port}
server.bind = "127.0.0.1"
server.document-root = "FOLDER/www"
server.errorlog = "FOLDER/error.log"
${hidesVersion ? 'server.tag = "lighttpd"' : ''}
${
  speaks === 'fastcgi'
    ? `fastcgi.server = ("/" => (( ${socket === undefined ? `"host" => "127.0.0.1", "port" => ${to}` : `"socket" => "${socket}"`}, "check-local" => "disable", "read-timeout" => ${timeoutS}, "connect-timeout" => ${timeoutS})))`
    : `proxy.server = ("" => (( "host" => "127.0.0.1", "port" => ${to}, "read-timeout" => ${timeoutS}, "connect-timeout" => ${timeoutS})))`
}
`,
  },
  args: () => ['-D', '-f', 'FOLDER/lighttpd.conf'],
});

const configs = { nginx, apache, haproxy, varnish, squid, caddy, lighttpd } as const;
export type GatewayName = keyof typeof configs;
export const gatewayNames = Object.keys(configs) as readonly GatewayName[]; // the keys of a literal

let made: ReturnType<typeof selfMadeCertificate> | undefined;
const pair = (): ReturnType<typeof selfMadeCertificate> => {
  made ??= selfMadeCertificate();
  return made;
};

/** A real gateway on a free port of 127.0.0.1, pointed at an upstream. */
export const startGateway = async (name: GatewayName, upstream: Upstream, variety: Variety = {}): Promise<Program> => {
  const port = await freePort();
  return startProgram({ ...configs[name](upstream, port, variety), port });
};
