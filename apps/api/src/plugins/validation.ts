import { Ajv, type ErrorObject } from 'ajv';
import type { FastifyInstance } from 'fastify';
import Format from 'typebox/format';

const formats = {
  'date-time': (text: string) => Format.IsDateTime(text) && !Number.isNaN(Date.parse(text)),
  email: Format.IsEmail,
} as const;

/** A validator that ajv compiled; `errors` belong to its last run. */
export type Validate = ((data: unknown) => boolean) & { errors?: ErrorObject[] | null };

const compilerOf = (coerceTypes: 'array' | false): Ajv =>
  new Ajv({ strict: false, allErrors: true, useDefaults: true, removeAdditional: false, coerceTypes, formats });

/**
 * Bodies are taken at their word: no coercion, nothing dropped in silence. Queries, paths and headers are text, so they
 * are turned into what their schema names, and a filter given once becomes a list of one.
 */
export const useValidation = (app: FastifyInstance): void => {
  const exact = compilerOf(false);
  const coercing = compilerOf('array');
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? exact : coercing;
    return ajv.compile(schema as object) as Validate; // Fastify types a schema as unknown; every schema of ours is a TypeBox object
  });
};
