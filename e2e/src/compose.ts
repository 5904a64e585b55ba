import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const composeFile = `${root}docker-compose.yml`;

export type Service = Readonly<{
  command?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  image?: string;
  [more: string]: unknown;
}>;
export type Compose = Readonly<{ services: Readonly<Record<string, Service>>; [more: string]: unknown }>;

/** The variables that `infra/make-env.sh` prints, with fresh secrets. */
export const madeEnv = (): Readonly<Record<string, string>> => {
  const text = execFileSync('sh', [`${root}infra/make-env.sh`], { encoding: 'utf8' });
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
};

/** Compose's interpolation, the forms this project uses: `${A}`, `${A:-default}`, `${A:?message}`, and `$$` for a `$`. */
export const interpolate = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(/\$(?:\$|\{(\w+)(?::([-?])([^}]*))?\})/g, (_, name?: string, kind?: string, rest = '') => {
    if (name === undefined) return '$';
    const value = env[name] ?? '';
    if (value !== '' || kind === undefined) return value;
    if (kind === '-') return rest;
    throw new Error(`docker-compose.yml wants ${name}: ${rest}`);
  });

/** The compose file as it is run with these variables, anchors and merge keys resolved. */
export const readCompose = (env: Readonly<Record<string, string>>, file = composeFile): Compose =>
  parse(interpolate(readFileSync(file, 'utf8'), env), { merge: true }) as Compose; // its schema is tested beside it
