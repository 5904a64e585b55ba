import type { ErrorObject } from 'ajv';

/** A union on the way to an error: which one, by its place in the schema and in the data, and the branch taken there. */
type Step = Readonly<{ union: string; branch: string; at: string }>;

const named: ReadonlySet<string> = new Set(['properties', 'patternProperties']);
const unions: ReadonlySet<string> = new Set(['anyOf', 'oneOf']);

/**
 * The unions around an error, outermost first. A schema's path says `items` for every item, so the data's own path is
 * walked along with it: two items of one list are two unions.
 */
const stepsOf = ({ schemaPath, instancePath }: ErrorObject): readonly Step[] => {
  const schema = schemaPath.split('/');
  const data = instancePath.split('/');
  const steps: Step[] = [];
  let depth = 1;
  for (let i = 1; i < schema.length - 1; i++) {
    const keyword = schema[i] ?? '';
    if (unions.has(keyword)) {
      const at = data.slice(0, depth).join('/');
      const union = `${at} ${schema.slice(0, i).join('/')}`;
      steps.push({ union, branch: `${union} ${schema[i + 1]}`, at });
    }
    if (named.has(keyword) || keyword === 'items' || keyword === 'additionalProperties') depth += 1;
    if (named.has(keyword) || unions.has(keyword) || keyword === 'allOf') i += 1;
  }
  return steps;
};

type Placed = Readonly<{ error: ErrorObject; steps: readonly Step[] }>;

/** That an error says of its branch: it was not meant. Another `kind`, or not even of its type. */
const rulesOut = ({ error, steps }: Placed): string | null => {
  const last = steps.at(-1);
  if (last === undefined) return null;
  const below = error.instancePath.slice(last.at.length).split('/').length - 1;
  const unmeant = (error.keyword === 'const' && below <= 1) || (error.keyword === 'type' && below === 0);
  return unmeant ? last.branch : null;
};

/** Where no branch was meant: the words that would have been, else the types. */
const together = (errors: readonly ErrorObject[]): ErrorObject => {
  const [first] = errors;
  if (first === undefined) throw new Error('a union without branches');
  const consts = errors.filter(({ keyword }) => keyword === 'const');
  const [one] = consts;
  if (one !== undefined) {
    const same = consts.filter(({ instancePath }) => instancePath === one.instancePath);
    return { ...one, keyword: 'enum', params: { allowedValues: same.map(({ params }) => params.allowedValue) } };
  }
  const types = errors.filter(({ keyword }) => keyword === 'type').map(({ params }) => String(params.type));
  return types.length === 0 ? first : { ...first, message: `must be ${[...new Set(types)].join(' or ')}` };
};

/** The outermost union around an error of which nothing is told, unless a branch around that one was not meant. */
const silentUnion = ({ steps }: Placed, told: ReadonlySet<string>, unmeant: ReadonlySet<string>): string | null => {
  const silent = steps.findIndex(({ union }) => !told.has(union));
  const hidden = steps.slice(0, silent).some(({ branch }) => unmeant.has(branch));
  return silent === -1 || hidden ? null : (steps[silent]?.union ?? null);
};

/** A union says what every branch disliked; only what the branch that was meant disliked is worth telling. */
export const meantErrors = (errors: readonly ErrorObject[]): readonly ErrorObject[] => {
  const placed = errors
    .filter(({ keyword }) => !unions.has(keyword))
    .map((error): Placed => ({ error, steps: stepsOf(error) }));
  const unmeant = new Set(placed.flatMap((one) => rulesOut(one) ?? []));
  const meant = new Set(placed.filter(({ steps }) => steps.every(({ branch }) => !unmeant.has(branch))));
  const told = new Set([...meant].flatMap(({ steps }) => steps.map(({ union }) => union)));
  const silent = Map.groupBy(placed, (one) => (meant.has(one) ? null : silentUnion(one, told, unmeant)));
  return placed.flatMap((one) => {
    if (meant.has(one)) return [one.error];
    const union = silentUnion(one, told, unmeant);
    const all = union === null ? [] : (silent.get(union) ?? []);
    return all[0] === one ? [together(all.map(({ error }) => error))] : [];
  });
};
