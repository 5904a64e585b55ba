import type { Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

type Meaning = Readonly<{ of: RegExp; text: string; weights: Weights }>;

/** What it means that a name led nowhere. Codes as Node's resolver names them (c-ares). */
const dns: readonly Meaning[] = [
  {
    of: /^ENOTFOUND$/u,
    text: "the name servers say that the site's name does not exist",
    weights: { 'dns-no-such-name': 1 },
  },
  {
    of: /^ENODATA$/u,
    text: 'the name exists and has no address of the kind that was asked for',
    weights: { 'dns-no-address': 1 },
  },
  {
    of: /TIMEOUT|EAI_AGAIN|ECONNREFUSED/u,
    text: "the site's name servers did not answer",
    weights: { 'dns-timeout': 30, 'dns-server-failure': 3 },
  },
  { of: /^RESOLVER_DENIED$/u, text: 'the resolver that was named may not be asked', weights: { 'check-refused': 1 } },
  {
    of: /./u,
    text: "the site's name servers answered with a failure",
    weights: { 'dns-server-failure': 30, 'dns-timeout': 2 },
  },
];

const connect: readonly Meaning[] = [
  {
    of: /^ECONNREFUSED$/u,
    text: 'the public address refused the connection at once: nothing listens there, or a firewall says no aloud',
    weights: { 'gateway-down': 32, 'gateway-unreachable': 2 },
  },
  {
    of: /^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/u,
    text: 'no packet came back from the public address',
    weights: { 'gateway-unreachable': 30, 'gateway-down': 2 },
  },
  {
    of: /^ADDRESS_DENIED$/u,
    text: 'the name leads to an address that is not public',
    weights: { 'dns-private-address': 30, 'check-refused': 2 },
  },
  { of: /^PORT_DENIED$/u, text: 'the port is one that checks may not go to', weights: { 'check-refused': 1 } },
  {
    of: /^(?:ECONNRESET|EPIPE)$/u,
    text: 'the connection was reset as it stood',
    weights: { 'gateway-closed': 20, 'gateway-down': 4, 'gateway-unreachable': 6, 'gateway-overloaded': 4 },
  },
  {
    of: /./u,
    text: 'no connection came about',
    weights: { 'gateway-unreachable': 6, 'gateway-down': 5, 'gateway-closed': 1 },
  },
];

const tls: readonly Meaning[] = [
  {
    of: /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|BAD_RECORD_TYPE|UNEXPECTED_MESSAGE|UNKNOWN_PROTOCOL/u,
    text: 'what answered the TLS greeting was not TLS: the port speaks plain HTTP or something else',
    weights: { 'wrong-scheme': 30, 'gateway-config': 2, 'edge-tls': 1 },
  },
  {
    of: /^(?:ECONNRESET|EPIPE|TLS_FAILED)$/u,
    text: 'the connection was closed in the middle of the TLS handshake',
    weights: { 'edge-tls': 8, 'gateway-closed': 8, 'gateway-unreachable': 1, blocked: 2 },
  },
  {
    of: /./u,
    text: 'the server broke off the TLS handshake, or offers nothing that a browser takes',
    weights: { 'edge-tls': 40, 'gateway-config': 1 },
  },
];

const protocol: readonly Meaning[] = [
  {
    of: /^EMPTY_ANSWER$/u,
    text: 'the connection was taken and closed without a byte of an answer',
    weights: {
      'gateway-closed': 20,
      'origin-closed-early': 5,
      'wrong-scheme': 4,
      'compression-or-length': 1,
      blocked: 2,
    },
  },
  {
    of: /^(?:ECONNRESET|EPIPE|CONNECTION_FAILED)$/u,
    text: 'the connection was reset after the request had been sent',
    weights: { 'gateway-closed': 16, 'origin-reset': 6, 'origin-closed-early': 2, blocked: 2, 'gateway-overloaded': 1 },
  },
  {
    of: /^CUT_HEAD$/u,
    text: 'the connection was closed in the middle of the headers',
    weights: { 'gateway-closed': 6, 'origin-closed-early': 8, 'truncated-body': 3, 'origin-invalid-response': 2 },
  },
  {
    of: /^HEADERS_TOO_LARGE$/u,
    text: 'the headers are longer than anybody takes',
    weights: { 'origin-header-too-big': 40, 'origin-invalid-response': 1 },
  },
  {
    of: /^(?:INVALID_HTTP|INVALID_CONTENT_LENGTH|INVALID_CHUNK|UNEXPECTED_UPGRADE|TOO_MANY_INTERIM)$/u,
    text: 'what came is not valid HTTP',
    weights: { 'origin-invalid-response': 24, 'gateway-wrong-target': 3, 'wrong-scheme': 4 },
  },
  {
    of: /^HTTP2_NOT_OFFERED$/u,
    text: 'the server does not offer the HTTP version that was asked for',
    weights: { 'gateway-config': 20, 'check-refused': 2 },
  },
  {
    of: /REDIRECT/u,
    text: 'the redirects go round in a circle or lead nowhere',
    weights: { 'gateway-config': 10, 'app-error': 6, 'wrong-scheme': 4 },
  },
  {
    of: /^(?:ERR_)?HTTP2_/u,
    text: 'the HTTP/2 stream was broken off',
    weights: {
      'gateway-closed': 6,
      'origin-closed-early': 4,
      'origin-reset': 4,
      'origin-invalid-response': 3,
      'gateway-overloaded': 2,
    },
  },
  {
    of: /^INVALID_(?:URL|REQUEST)$/u,
    text: 'the URL or a header can not be asked for',
    weights: { 'check-refused': 1 },
  },
];

/** The same codes after the headers have come. */
const inBody: Meaning = {
  of: /^(?:ECONNRESET|EPIPE|CONNECTION_FAILED|(?:ERR_)?HTTP2_)/u,
  text: 'the connection was broken off in the middle of the answer',
  weights: {
    'truncated-body': 24,
    'origin-reset': 5,
    'compression-or-length': 3,
    'origin-closed-early': 3,
    'gateway-closed': 2,
  },
};

const tables = { dns, connect, tls, protocol } as const;

const typed = 'the address is one that checks may not go to';
const isAddress = (host: string): boolean => host.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/u.test(host);

/** A broken body is not "no answer": what came of it says more (see `findings`). */
const isOfBody = (code: string): boolean => /^(?:CUT_BODY|INVALID_CHUNK|.*_CODING|NOT_CODED|EXCESS_BODY)$/u.test(code);

const read = ({ seen: { look } }: Facts): readonly Clue[] => {
  const { failure, answer, ref } = look;
  if (failure?.kind !== 'network') return [];
  if (answer !== null && failure.phase === 'protocol' && isOfBody(failure.code)) return [];
  const table = answer !== null && failure.phase === 'protocol' ? [inBody, ...protocol] : tables[failure.phase];
  // An address that was typed in is no fault of a name.
  const isTyped = failure.code === 'ADDRESS_DENIED' && isAddress(URL.parse(look.url)?.hostname ?? '');
  if (isTyped) return [{ text: `${typed} (${failure.code})`, weights: { 'check-refused': 1 }, look: ref }];
  const meaning = table.find(({ of }) => of.test(failure.code));
  return meaning === undefined
    ? []
    : [{ text: `${meaning.text} (${failure.code})`, weights: meaning.weights, look: ref }];
};

/** There was no HTTP answer: how far the check came says who was away. */
export const noAnswer: Rule = {
  id: 'no-answer',
  source: 'c-ares and errno(3) codes; RFC 9112, section 9.5; measured',
  part: 'opening',
  read,
};
