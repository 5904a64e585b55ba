import type { Failure, Finding } from '@farwatch/domain';

type Meaning = Readonly<{ of: RegExp; failure: (found: RegExpExecArray) => Failure }>;

const network =
  (phase: 'dns' | 'connect' | 'tls' | 'protocol', code: string): Meaning['failure'] =>
  () => ({ kind: 'network', phase, code });

/**
 * What a look would have called it. Curl's numbers: curl.se/libcurl/c/libcurl-errors.html; its words and wget's: their sources;
 * Chromium's: net/base/net_error_list.h; Firefox': security/nss, netwerk; Node's: nodejs.org/api/errors.html. The more
 * particular first.
 */
const meanings: readonly Meaning[] = [
  {
    of: /certificate has expired|ERR_CERT_DATE_INVALID|SEC_ERROR_EXPIRED(?:_ISSUER)?_CERTIFICATE|CERT_HAS_EXPIRED/iu,
    failure: network('tls', 'CERT_HAS_EXPIRED'),
  },
  { of: /certificate is not yet valid|CERT_NOT_YET_VALID/iu, failure: network('tls', 'CERT_NOT_YET_VALID') },
  { of: /self[- ]signed certificate in certificate chain/iu, failure: network('tls', 'SELF_SIGNED_CERT_IN_CHAIN') },
  {
    of: /self[- ]signed certificate|SELF_SIGNED_CERT/iu,
    failure: network('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
  },
  {
    of: /unable to get local issuer certificate|unable to verify the first certificate|ERR_CERT_AUTHORITY_INVALID|SEC_ERROR_UNKNOWN_ISSUER/iu,
    failure: network('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  },
  {
    of: /no alternative certificate subject name|certificate subject name .{0,200}does not match|certificate common name .{0,200}doesn['’]t match|ERR_CERT_COMMON_NAME_INVALID|SSL_ERROR_BAD_CERT_DOMAIN|ALTNAME_INVALID/iu,
    failure: network('tls', 'ERR_TLS_CERT_ALTNAME_INVALID'),
  },
  { of: /ERR_CERT_REVOKED|SEC_ERROR_REVOKED_CERTIFICATE/iu, failure: network('tls', 'CERT_REVOKED') },
  {
    of: /wrong version number|SSL_ERROR_RX_RECORD_TOO_LONG/iu,
    failure: network('tls', 'ERR_SSL_WRONG_VERSION_NUMBER'),
  },
  {
    of: /curl: \(35\)|unable to establish ssl connection|ERR_SSL_(?:PROTOCOL|VERSION_OR_CIPHER)|SSL_ERROR_NO_CYPHER_OVERLAP|SSL_ERROR_UNSUPPORTED_VERSION/iu,
    failure: network('tls', 'ERR_SSL_HANDSHAKE_FAILURE'),
  },
  { of: /curl: \(60\)/iu, failure: network('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
  {
    of: /could ?n[o'’]t resolve host|unable to resolve host|name or service not known|ERR_NAME_NOT_RESOLVED|DNS_PROBE_FINISHED_NXDOMAIN|IP address could not be found|ENOTFOUND|having trouble finding that site/iu,
    failure: network('dns', 'ENOTFOUND'),
  },
  {
    of: /temporary failure in name resolution|DNS_PROBE_FINISHED_(?:NO_INTERNET|BAD_CONFIG)|DNS_PROBE_STARTED|EAI_AGAIN/iu,
    failure: network('dns', 'EAI_AGAIN'),
  },
  {
    of: /empty reply from server|curl: \(52\)|no data received|ERR_EMPTY_RESPONSE|socket hang up|remote end closed connection without response|unexpectedly (?:closed|dropped) the connection/iu,
    failure: network('protocol', 'EMPTY_ANSWER'),
  },
  {
    of: /transfer closed with|curl: \(18\)|connection closed at byte|ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|NS_ERROR_NET_PARTIAL_TRANSFER|IncompleteRead|unexpected end of file/iu,
    failure: network('protocol', 'CUT_BODY'),
  },
  {
    of: /curl: \(61\)|error while processing content unencoding|ERR_CONTENT_DECODING_FAILED|NS_ERROR_INVALID_CONTENT_ENCODING|content encoding error|incorrect header check/iu,
    failure: network('protocol', 'CORRUPT_CODING'),
  },
  { of: /ERR_RESPONSE_HEADERS_TOO_BIG|HPE_HEADER_OVERFLOW/iu, failure: network('protocol', 'HEADERS_TOO_LARGE') },
  {
    of: /received http\/0\.9|unsupported http\/1 subversion|curl: \((?:1|8)\)|ERR_INVALID_HTTP_RESPONSE|HPE_INVALID/iu,
    failure: network('protocol', 'INVALID_HTTP'),
  },
  {
    of: /curl: \(92\)|http\/2 stream .{0,80}was not closed cleanly|ERR_HTTP2_PROTOCOL_ERROR|NS_ERROR_NET_HTTP2/iu,
    failure: network('protocol', 'ERR_HTTP2_STREAM_ERROR'),
  },
  {
    of: /curl: \(47\)|maximum \(\d{1,6}\) redirects|redirections exceeded|ERR_TOO_MANY_REDIRECTS|redirected you too many times|isn[’']t redirecting properly/iu,
    failure: network('protocol', 'TOO_MANY_REDIRECTS'),
  },
  {
    of: /curl: \(56\)|recv failure: connection reset|ERR_CONNECTION_(?:RESET|CLOSED)|PR_CONNECT_RESET_ERROR|ECONNRESET|the connection was reset/iu,
    failure: network('protocol', 'ECONNRESET'),
  },
  {
    of: /connection refused|ERR_CONNECTION_REFUSED|ECONNREFUSED|refused to connect/iu,
    failure: network('connect', 'ECONNREFUSED'),
  },
  { of: /no route to host|ERR_ADDRESS_UNREACHABLE|EHOSTUNREACH/iu, failure: network('connect', 'EHOSTUNREACH') },
  { of: /network is unreachable|ENETUNREACH/iu, failure: network('connect', 'ENETUNREACH') },
  {
    of: /connection timed out|ERR_CONNECTION_TIMED_OUT|NS_ERROR_NET_TIMEOUT|ETIMEDOUT|took too long to respond|the connection has timed out/iu,
    failure: network('connect', 'ETIMEDOUT'),
  },
  {
    of: /timed out after (\d{1,9}) milliseconds/iu,
    failure: (found) => ({ kind: 'timeout', afterMs: Number(found[1]) }),
  },
  { of: /curl: \(28\)|ERR_TIMED_OUT/iu, failure: () => ({ kind: 'timeout', afterMs: 0 }) },
  { of: /curl: \(7\)/iu, failure: network('connect', 'ECONNREFUSED') },
];

/** What a client's own message says of why there was no answer, or no whole one; null = nothing that is known. */
export const failureIn = (words: string): Failure | null => {
  for (const { of, failure } of meanings) {
    const found = of.exec(words);
    if (found !== null) return failure(found);
  }
  return null;
};

/** What a look would have found in the body, where a client could not read it. */
export const findingsIn = (failure: Failure | null): readonly Finding[] => {
  if (failure?.kind !== 'network') return [];
  const { code } = failure;
  if (code === 'CUT_BODY')
    return [{ kind: 'length', code, text: 'the client says that the body was cut', withIdentity: null }];
  if (code !== 'CORRUPT_CODING') return [];
  return [{ kind: 'compression', code, text: 'the client says that the body can’t be decoded', withIdentity: null }];
};
