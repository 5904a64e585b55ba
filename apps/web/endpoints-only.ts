import { type Plugin, parseSync } from 'vite';

/** What a client needs of an endpoint. Its schemas are for the server and for types, and types are gone by now. */
const needed = new Set(['method', 'url']);

type Node = Readonly<{ type: string; start: number; end: number }> & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesIn(each);
  else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) if (typeof child === 'object') yield* nodesIn(child);
  }
}

const nameOf = (node: unknown): unknown => (isNode(node) ? node.name : undefined);

/** `defineEndpoint({ … })` with nothing but its method and URL. */
const shortened = (code: string, call: Node): string | null => {
  const [argument] = Array.isArray(call.arguments) ? call.arguments : [];
  if (!(isNode(argument) && argument.type === 'ObjectExpression' && Array.isArray(argument.properties))) return null;
  const kept = argument.properties.filter((property) => isNode(property) && needed.has(String(nameOf(property.key))));
  if (kept.length !== needed.size) return null;
  return `({ ${kept.map(({ start, end }) => code.slice(start, end)).join(', ')} })`;
};

/** In place of the schema builder: whatever is built of it, and whatever is asked of that, is nothing. */
const noSchemas = `const nothing = new Proxy(() => nothing, { get: () => nothing });
export { nothing as Type };`;
const noSchemasId = '\0no-schemas';

/** Leaves the schemas of the REST API out of what browsers load: about a tenth of it. */
export const endpointsOnly = (): Plugin => ({
  name: 'endpoints-only',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'typebox' && importer?.includes('packages/contracts/src/') === true ? noSchemasId : null,
  load: (id) => (id === noSchemasId ? noSchemas : null),
  transform: {
    filter: { id: /packages\/contracts\/src\//u, code: 'defineEndpoint(' },
    handler: (code, id) => {
      const calls = [...nodesIn(parseSync(id, code).program)].filter(
        (node) => node.type === 'CallExpression' && nameOf(node.callee) === 'defineEndpoint',
      );
      let out = code;
      for (const call of calls.toReversed()) {
        const short = shortened(code, call);
        if (short !== null) out = out.slice(0, call.start) + short + out.slice(call.end);
      }
      return { code: out, map: null };
    },
  },
});
