import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { Pool, type QueryArrayConfig, type QueryArrayResult } from 'pg';

const charOid = 18;
const charArrayOid = 1002;

/**
 * `PrismaPg` 7.10 refuses `"char"`, which the catalogue tables that the schema engine reads are full of, but knows its
 * array: the pool says array, and `open` below turns the column's type back. No catalogue query asks for a real one.
 */
class CatalogPool extends Pool {
  // biome-ignore lint/suspicious/noExplicitAny: pg overloads query() eight ways; the adapter uses the promise forms alone
  override async query(config: any, values?: any): Promise<any> {
    const result: QueryArrayResult = await super.query(config as QueryArrayConfig, values);
    for (const field of result.fields ?? []) if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
    return result;
  }
}

const open = async (pool: CatalogPool, connect: (factory: PrismaPg) => ReturnType<PrismaPg['connect']>) => {
  const adapter = await connect(new PrismaPg(pool, { disposeExternalPool: true }));
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const { columnTypes, ...rest } = await queryRaw(query);
    const { Character, CharacterArray } = ColumnTypeEnum;
    return { ...rest, columnTypes: columnTypes.map((type) => (type === CharacterArray ? Character : type)) };
  };
  // PrismaPg would cut functions at the semicolons in their bodies.
  adapter.executeScript = async (script) => void (await pool.query(script));
  return adapter;
};

/** A driver adapter that can introspect, and that sends a migration whole. `close` ends what the engine leaves open. */
export const migrationAdapter = (
  connectionString: string,
): Readonly<{ factory: SqlMigrationAwareDriverAdapterFactory; close: () => Promise<void> }> => {
  const pools: CatalogPool[] = [];
  const newPool = () => {
    const pool = new CatalogPool({ connectionString, max: 2, connectionTimeoutMillis: 10_000 });
    pools.push(pool);
    return pool;
  };
  return {
    factory: {
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: () => open(newPool(), (factory) => factory.connect()),
      connectToShadowDb: () => open(newPool(), (factory) => factory.connectToShadowDb()),
    },
    close: async () => {
      await Promise.all(pools.filter((pool) => !pool.ending).map((pool) => pool.end()));
    },
  };
};
