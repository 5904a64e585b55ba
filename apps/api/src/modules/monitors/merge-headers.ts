type Headers = Readonly<Record<string, string>>;

/**
 * Headers after a JSON merge patch (RFC 7396): null takes one away, what is not named stays. A header's name is the same
 * in any case (RFC 9110, section 5.1), and stays where it was.
 */
export const mergeHeaders = (before: Headers, patch: Readonly<Record<string, string | null>>): Headers => {
  const given = new Map(Object.entries(patch).map(([name, value]) => [name.toLowerCase(), [name, value] as const]));
  const known = new Set(Object.keys(before).map((name) => name.toLowerCase()));
  const stay = Object.entries(before).map(([name, value]) => given.get(name.toLowerCase()) ?? ([name, value] as const));
  const added = [...given].flatMap(([lower, header]) => (known.has(lower) ? [] : [header]));
  return Object.fromEntries([...stay, ...added].flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
};
