import type { Failure } from '@farwatch/domain';

type Meaning = Readonly<{ of: RegExp; failure: (found: RegExpExecArray) => Failure }>;

const network =
  (phase: 'dns' | 'connect' | 'tls' | 'protocol', code: string): Meaning['failure'] =>
  () => ({ kind: 'network', phase, code });

/** What a look would have called it. Curl's numbers: curl.se/libcurl/c/libcurl-errors.html; the words: its lib/ and wget's src/. */
const meanings: readonly Meaning[] = [
  { of: /certificate has expired/iu, failure: network('tls', 'CERT_HAS_EXPIRED') },
  { of: /certificate is not yet valid/iu, failure: network('tls', 'CERT_NOT_YET_VALID') },
  { of: /self[- ]signed certificate in certificate chain/iu, failure: network('tls', 'SELF_SIGNED_CERT_IN_CHAIN') },
  { of: /self[- ]signed certificate/iu, failure: network('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT') },
  { of: /unable to get local issuer certificate/iu, failure: network('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
  {
    of: /no alternative certificate subject name|certificate subject name .{0,200}does not match|certificate common name .{0,200}doesn['’]t match/iu,
    failure: network('tls', 'ERR_TLS_CERT_ALTNAME_INVALID'),
  },
  { of: /wrong version number|http request/iu, failure: network('tls', 'ERR_SSL_WRONG_VERSION_NUMBER') },
  { of: /curl: \(35\)|unable to establish ssl connection/iu, failure: network('tls', 'TLS_FAILED') },
  { of: /curl: \(60\)/iu, failure: network('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
  {
    of: /could ?n[o'’]t resolve host|unable to resolve host|name or service not known/iu,
    failure: network('dns', 'ENOTFOUND'),
  },
  { of: /temporary failure in name resolution/iu, failure: network('dns', 'EAI_AGAIN') },
  { of: /empty reply from server|curl: \(52\)|no data received/iu, failure: network('protocol', 'EMPTY_ANSWER') },
  { of: /transfer closed with|curl: \(18\)|connection closed at byte/iu, failure: network('protocol', 'CUT_BODY') },
  {
    of: /received http\/0\.9|unsupported http\/1 subversion|curl: \((?:1|8)\)/iu,
    failure: network('protocol', 'INVALID_HTTP'),
  },
  { of: /curl: \(61\)|error while processing content unencoding/iu, failure: network('protocol', 'CORRUPT_CODING') },
  {
    of: /curl: \(92\)|http\/2 stream .{0,80}was not closed cleanly/iu,
    failure: network('protocol', 'ERR_HTTP2_STREAM_ERROR'),
  },
  {
    of: /curl: \(47\)|maximum \(\d{1,6}\) redirects|redirections exceeded/iu,
    failure: network('protocol', 'TOO_MANY_REDIRECTS'),
  },
  { of: /curl: \(56\)|recv failure: connection reset/iu, failure: network('protocol', 'ECONNRESET') },
  { of: /connection refused/iu, failure: network('connect', 'ECONNREFUSED') },
  { of: /no route to host/iu, failure: network('connect', 'EHOSTUNREACH') },
  { of: /network is unreachable/iu, failure: network('connect', 'ENETUNREACH') },
  { of: /connection timed out/iu, failure: network('connect', 'ETIMEDOUT') },
  {
    of: /timed out after (\d{1,9}) milliseconds/iu,
    failure: (found) => ({ kind: 'timeout', afterMs: Number(found[1]) }),
  },
  { of: /curl: \(28\)/iu, failure: () => ({ kind: 'timeout', afterMs: 0 }) },
  { of: /curl: \(7\)/iu, failure: network('connect', 'ECONNREFUSED') },
];

/** What a client's own message says of why there was no answer; null = nothing that is known. */
export const failureIn = (words: string): Failure | null => {
  for (const { of, failure } of meanings) {
    const found = of.exec(words);
    if (found !== null) return failure(found);
  }
  return null;
};
