import { type Plugin, parseSync } from 'vite';

/** What a client needs of an endpoint. Its schemas are for the server and for types, and types are gone by now. */
const needed = new Set(['method', 'url']);

type Node = Readonly<{ type: string; start: number; end: number }> & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const functions = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']);

/** What a module does as it is read: nothing of what its functions do later. */
function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesIn(each);
  else if (isNode(value) && !functions.has(value.type)) {
    yield value;
    for (const child of Object.values(value)) if (typeof child === 'object') yield* nodesIn(child);
  }
}

const nameOf = (node: unknown): unknown => (isNode(node) ? node.name : undefined);

/** What several endpoints have alike may hold the URL. */
const isKept = (property: unknown): property is Node =>
  isNode(property) && (property.type === 'SpreadElement' || needed.has(String(nameOf(property.key))));

/** `defineEndpoint({ … })` with nothing but its method and URL. */
const shortened = (code: string, call: Node): string | null => {
  const [argument] = Array.isArray(call.arguments) ? call.arguments : [];
  if (!(isNode(argument) && argument.type === 'ObjectExpression' && Array.isArray(argument.properties))) return null;
  const own = argument.properties.filter(isKept);
  const named = own.filter(({ type }) => type !== 'SpreadElement');
  const kept = named.length === needed.size ? named : own;
  return `({ ${kept.map(({ start, end }) => code.slice(start, end)).join(', ')} })`;
};

/** In place of the schema builder: whatever is built of it, and whatever is asked of that, is nothing. */
const noSchemas = `const nothing = new Proxy(() => nothing, { get: () => nothing });
export { nothing as Type };`;
const noSchemasId = '\0no-schemas';

type Edit = Readonly<{ start: number; end: number; text: string }>;

/** No call in a contract does anything but make a value: what nobody asks for need not be made. */
const editsOf = (code: string, id: string): readonly Edit[] => {
  const calls = [...nodesIn(parseSync(id, code).program)].filter(({ type }) => type === 'CallExpression');
  const endpoints = calls.flatMap((call) => {
    const text = nameOf(call.callee) === 'defineEndpoint' ? shortened(code, call) : null;
    return text === null ? [] : { start: call.start, end: call.end, text };
  });
  const starts = new Set(
    calls.map(({ start }) => start).filter((at) => !endpoints.some(({ start, end }) => at >= start && at < end)),
  );
  return [...endpoints, ...[...starts].map((start) => ({ start, end: start, text: '/* @__PURE__ */ ' }))];
};

/** Leaves the schemas of the REST API out of what browsers load: about a tenth of it. */
export const endpointsOnly = (): Plugin => ({
  name: 'endpoints-only',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'typebox' && importer?.includes('packages/contracts/src/') === true ? noSchemasId : null,
  load: (id) => (id === noSchemasId ? noSchemas : null),
  transform: {
    filter: { id: /packages\/contracts\/src\//u },
    handler: (code, id) => ({
      code: editsOf(code, id)
        .toSorted((a, b) => b.start - a.start)
        .reduce((out, { start, end, text }) => out.slice(0, start) + text + out.slice(end), code),
      map: null,
    }),
  },
});
