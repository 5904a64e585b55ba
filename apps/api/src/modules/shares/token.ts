import { createHash, randomBytes } from 'node:crypto';

/** 192 random bits: nobody guesses one. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** All that is kept of a token. Nothing to guess in 192 random bits, so a fast hash is enough. */
export const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest();
