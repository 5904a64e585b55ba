import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDocument } from '../openapi-document.ts';
import { breaks } from './only-adds.ts';

type Operation = Readonly<{
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
  requestBody?: { content: Record<string, { schema: object }> };
  parameters?: { name: string; in: string; schema: object }[];
}>;
type Document = Readonly<{
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}>;

let served: Document;
let operations: (readonly [name: string, operation: Operation])[];
beforeAll(async () => {
  served = (await buildDocument()) as Document; // its shape is what the tests below look at
  operations = Object.entries(served.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
  );
}, 60_000);

test('every operation says what it is called, what it does, who may call it and how it fails', () => {
  expect(served.openapi).toMatch(/^3\.1\./u);
  expect(operations.length).toBeGreaterThan(30);
  const lacking = operations.filter(([, { operationId, summary, tags, security, responses }]) => {
    const failures = Object.keys(responses).filter((status) => Number(status) >= 400);
    const told = failures.every((status) => responses[status]?.content?.['application/problem+json'] !== undefined);
    return !operationId || !summary || !tags?.length || security === undefined || failures.length < 6 || !told;
  });
  expect(lacking.map(([name]) => name)).toEqual([]);
  expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
});

test('every schema in it is valid JSON Schema 2020-12, and every reference leads somewhere', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const [name, schema] of Object.entries(served.components.schemas))
    ajv.addSchema(schema, `#/components/schemas/${name}`);
  const schemas = operations.flatMap(([, { responses, requestBody, parameters = [] }]) => [
    ...Object.values(responses).flatMap(({ content = {} }) => Object.values(content)),
    ...Object.values(requestBody?.content ?? {}),
    ...parameters,
  ]);
  for (const { schema } of schemas) expect(() => ajv.compile(schema)).not.toThrow();
}, 60_000);

test('what a header may be called is told, and what leaving a log-in out means', () => {
  const [, create] = operations.find(([name]) => name === 'post /v1/monitors') ?? [];
  const schema = create?.requestBody?.content['application/json']?.schema;
  const { headers, auth } = (schema as { properties: Record<string, Record<string, unknown>> }).properties; // an object by the contract
  expect(headers?.propertyNames).toEqual({ pattern: expect.stringContaining('{1,100}') });
  expect(auth?.description).toContain('absent = as it is, null = none');
});

test('nothing that /v1 once promised is gone: docs/openapi.json may only be added to', async () => {
  const file = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url));
  expect(breaks(JSON.parse(await readFile(file, 'utf8')), served)).toEqual([]);
});

describe('a change of the document', () => {
  const schema = (required: string[], properties: object) => ({ type: 'object', required, properties });
  const operation = (body: object, answer: object) => ({
    paths: { '/x': { post: { requestBody: { schema: body }, responses: { 200: { schema: answer } } } } },
  });
  const a = { a: { type: 'string' } };
  const both = { ...a, b: { enum: ['x', 'y'] } };
  const before = operation(schema(['a'], a), schema(['b'], both));
  test.each([
    ['a new optional field of a request', operation(schema(['a'], both), schema(['b'], both)), 0],
    ['a new field of an answer', operation(schema(['a'], a), schema(['b', 'c'], { ...both, c: {} })), 0],
    [
      'a new word of an enumeration',
      operation(schema(['a'], a), schema(['b'], { ...a, b: { enum: ['x', 'y', 'z'] } })),
      0,
    ],
    ['a new needed field of a request', operation(schema(['a', 'b'], both), schema(['b'], both)), 1],
    ['a field that an answer lost', operation(schema(['a'], a), schema(['b'], { b: both.b })), 1],
    ['a field that an answer no longer promises', operation(schema(['a'], a), schema([], both)), 1],
    ['a field of another type', operation(schema(['a'], { a: { type: 'integer' } }), schema(['b'], both)), 1],
    ['a path that is gone', { paths: {} }, 1],
  ])('%s', (_, after, count) => expect(breaks(before, after)).toHaveLength(count));
});
