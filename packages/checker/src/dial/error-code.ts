/** The machine code of an error as Node and undici give it, in characters that fit a failure's code. */
export const codeOf = (error: unknown, otherwise: string): string => {
  const given = error instanceof Error && 'code' in error ? error.code : undefined;
  const code = typeof given === 'string' ? given.replaceAll('/', '_') : given; // OpenSSL says ERR_SSL_SSL/TLS_ALERT_…
  return typeof code === 'string' && /^[A-Za-z0-9_.-]{1,100}$/u.test(code) ? code : otherwise;
};
