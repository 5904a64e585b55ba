import type { AddressFamily, Assertion, HttpVersionWanted } from '@farwatch/domain';
import type { Method, Question } from './http/question.ts';

export type LookRequest = Readonly<{
  /** http or https. */
  url: string;
  method: Method;
  headers?: Readonly<Record<string, string>>;
  body?: string | null;
  /** False: a certificate that can't be verified is no failure. */
  verifyTls?: boolean;
  /** A header that holds a credential: it goes to the URL's own origin alone, and never into evidence. */
  secret?: Question['secret'];
  /** Over the whole look: DNS, every redirect, the body to its end. */
  timeoutMs: number;
  /** 0 = a redirect is an answer like any other. */
  maxRedirects: number;
  /** As `expectsStatus` reads it: `200-399`. */
  expectedStatuses: string;
  userAgent: string;
  /** What an answer must be besides its status. */
  assertions?: readonly Assertion[];
  /** A good answer that took longer is degraded; null = never. */
  degradedAboveMs?: number | null;
  /** `auto`: what the server picks by ALPN; over plain HTTP that is 1.1. */
  http?: HttpVersionWanted;
  /** Addresses of this family alone are dialled. */
  family?: AddressFamily;
  /** What SNI says and the certificate must be made for, at the URL's own origin; null = its host. */
  serverName?: string | null;
  /** The Host header (`:authority`) at the URL's own origin; null = its host. */
  hostHeader?: string | null;
  /** Resolvers asked instead of the machine's (`1.1.1.1`, `[::1]:5353`); none = the machine's. */
  resolvers?: readonly string[];
  /** Where the site itself answers (`https://203.0.113.7:8443`): asked at once when the URL fails; null = nowhere. */
  origin?: string | null;
  /** `always`: a good answer is kept as evidence too, for whoever asks what it is; left out = failing ones alone. */
  keepsEvidence?: 'failing' | 'always';
}>;
