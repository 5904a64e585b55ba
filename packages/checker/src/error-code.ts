/** The machine code of an error as Node and undici give it, in characters that fit a failure's code. */
export const codeOf = (error: unknown, otherwise: string): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Za-z0-9_.-]{1,100}$/u.test(code) ? code : otherwise;
};
