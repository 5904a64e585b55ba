import { visiblePattern } from '@farwatch/contracts';
import type { ErrorObject } from 'ajv';
import type { FieldFault } from './problems.ts';
import { meantErrors } from './unions.ts';

/** Where in the request a schema was broken: body pointers stand alone, the others say their part. */
const prefixes: Readonly<Record<string, string>> = { querystring: '/query', params: '/path', headers: '/headers' };
const maxFaults = 20;
/** A body can break a schema tens of thousands of times; the first of them are enough to find what to tell. */
const maxErrors = 1_000;

/** The stable word of a broken schema keyword. */
const words: Readonly<Record<string, string>> = {
  additionalProperties: 'unknown-field',
  required: 'missing',
  type: 'wrong-type',
  enum: 'not-allowed',
  const: 'not-allowed',
  minLength: 'too-short',
  maxLength: 'too-long',
  minimum: 'too-small',
  maximum: 'too-large',
  minItems: 'too-few',
  maxItems: 'too-many',
  uniqueItems: 'repeated',
  pattern: 'wrong-format',
  format: 'wrong-format',
};

const escapeToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The field an error is about: for a missing or an unknown one, its own name and not its parent's. */
const nameBelow = ({ keyword, params }: ErrorObject): string => {
  const own: unknown = keyword === 'required' ? params.missingProperty : params.additionalProperty;
  return typeof own === 'string' ? `/${escapeToken(own)}` : '';
};

const sentence = ({ keyword, params, message = 'is not valid' }: ErrorObject): string => {
  switch (keyword) {
    case 'additionalProperties':
      return 'This field is not known here.';
    case 'required':
      return 'This field is needed.';
    case 'pattern':
      if (params.pattern === visiblePattern) return 'This needs at least one character that can be seen.';
      return `This ${message}.`;
    case 'enum':
      return `This must be one of ${JSON.stringify(params.allowedValues)}.`;
    default:
      return `This ${message}.`;
  }
};

/** What ajv found, field by field, in the words of the API: the first fault of each of the first fields. */
export const faultsOf = (errors: readonly ErrorObject[], context: string | undefined): readonly FieldFault[] => {
  const prefix = prefixes[context ?? 'body'] ?? '';
  const faults = new Map<string, FieldFault>();
  for (const error of meantErrors(errors.slice(0, maxErrors))) {
    const pointer = `${prefix}${error.instancePath}${nameBelow(error)}`;
    if (!faults.has(pointer))
      faults.set(pointer, { pointer, code: words[error.keyword] ?? 'not-valid', detail: sentence(error) });
    if (faults.size === maxFaults) break;
  }
  return [...faults.values()];
};
