import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Client } from 'pg';
import { migrationAdapter } from './migration-adapter.ts';

// The schema engine as WebAssembly: the CLI would download a native one. Same rules, same `_prisma_migrations` table.

const root = fileURLToPath(new URL('.', import.meta.url));
const migrationsDir = join(root, 'migrations');
const noFilters = { externalTables: [], externalEnums: [] };

/** Held while migrating, so that two processes that start at once don't migrate at once. */
const lockKey = 7_203_771_401;

type EngineExports = { __wbindgen_start: () => void };

let loaded: Promise<typeof engineModule> | undefined;
/** The glue keeps its WebAssembly instance in a module variable, so there can be one per process. */
const loadEngine = (): Promise<typeof engineModule> => {
  loaded ??= instantiate();
  return loaded;
};

/** The engine forgets a timer of 10 s, its limit for a lock; the process's end must not wait for it. */
const unreferencedTimers = (module: object) => {
  const names = Object.keys(module).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const timer = (work: () => void, ms: number) => setTimeout(work, ms).unref();
  return Object.fromEntries(names.map((name) => [name, timer]));
};

const instantiate = async (): Promise<typeof engineModule> => {
  // Not import.meta.resolve: Vite's module runner, in which tests load this, has none.
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = await readFile(join(dirname(glue), 'schema_engine_bg.wasm'));
  const imports = { ...engineModule, ...unreferencedTimers(engineModule) };
  const { instance } = await WebAssembly.instantiate(file, { './schema_engine_bg.js': imports });
  const wasm = instance.exports as EngineExports; // what this wasm file exports, by its own .d.ts
  (engineModule as unknown as { __wbg_set_wasm: (w: EngineExports) => void }).__wbg_set_wasm(wasm); // absent from its types
  wasm.__wbindgen_start();
  return engineModule;
};

const schemaFiles = async () => ({
  files: [{ path: 'schema.prisma', content: await readFile(join(root, 'schema.prisma'), 'utf8') }],
});

const migrationList = async () => {
  const names = (await readdir(migrationsDir, { withFileTypes: true }))
    .filter((e) => e.isDirectory())
    .map((e) => e.name);
  const directories = names.sort().map(async (name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok', value: await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8') } as const,
    },
  }));
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(migrationsDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(directories),
  };
};

const withEngine = async <T>(
  databaseUrl: string,
  work: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> => {
  const { SchemaEngine } = await loadEngine();
  const schema = await schemaFiles();
  const datamodels = schema.files.map(({ path, content }): [string, string] => [path, content]);
  const adapter = migrationAdapter(databaseUrl);
  const factory = bindMigrationAwareSqlAdapterFactory(adapter.factory);
  const engine = await SchemaEngine.new({ datamodels }, () => undefined, factory as never); // both are Prisma's, typed apart
  try {
    return await work(engine);
  } finally {
    engine.free();
    await adapter.close(); // idle connections would hold up the process's end, and copies of the database
  }
};

/**
 * Brings the database up to the newest migration and answers the names of those just applied. Safe to call from many
 * processes at once. Throws with the engine's own words when the database can't be reached or a migration fails.
 */
export const migrate = async (databaseUrl: string): Promise<readonly string[]> => {
  const lock = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const migrationsList = await migrationList();
    if (await isCurrent(lock, migrationsList)) return [];
    return await withEngine(databaseUrl, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters });
      return appliedMigrationNames;
    });
  } finally {
    await lock.end();
  }
};

/** Spares a start that has nothing to migrate the loading of the engine. */
const isCurrent = async (client: Client, { migrationDirectories }: Awaited<ReturnType<typeof migrationList>>) => {
  const table = await client.query<{ found: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`);
  if (table.rows[0]?.found !== true) return false;
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  return migrationDirectories.every(({ path, migrationFile }) => {
    const checksum = createHash('sha256').update(migrationFile.content.value).digest('hex');
    return applied.get(path) === checksum;
  });
};

/** SQL that leads from a migrated database to `schema.prisma`; empty when both agree. For writing a migration and its test. */
export const diff = (databaseUrl: string): Promise<string> =>
  withEngine(databaseUrl, async (engine) => {
    const schema = await schemaFiles();
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: root },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: true,
      filters: noFilters,
    });
    return exitCode === 0 ? '' : (stdout ?? '');
  });
