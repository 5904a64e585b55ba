const collator = new Intl.Collator(undefined, { numeric: true });

/** As people order names: `web-2` before `web-10`. */
export const inOrder = (a: string, b: string): number => collator.compare(a, b);
