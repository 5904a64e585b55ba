/** What a status means, who is to look, and where: told apart in words. */
export type StatusWords = Readonly<{
  status: number;
  /** What happened, one sentence. */
  what: string;
  /** Whose problem it is. */
  whose: string;
  /** The log to read next; null = none says more. */
  log: string | null;
  source: string;
}>;

const cloudflare = 'developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors';
const edge = (status: number, what: string, whose: string, log: string): StatusWords => ({
  ...{ status, what, whose, log, source: cloudflare },
});

const known: readonly StatusWords[] = [
  {
    status: 500,
    what: 'The application was reached and failed by itself while it handled the request.',
    whose: "the application's developers",
    log: "the application's own log",
    source: 'RFC 9110, section 15.6.1',
  },
  {
    status: 502,
    what: 'A gateway asked the server behind it and got a broken answer, an empty one, or no connection at all.',
    whose: 'whoever runs the application behind the gateway, or the way between the two',
    log: "the gateway's error log, then the application's",
    source: 'RFC 9110, section 15.6.3',
  },
  {
    status: 503,
    what: 'The server was reached and refuses on purpose: too much load, maintenance, or no healthy server behind it.',
    whose: 'whoever operates the site',
    log: "the gateway's log, and how much load there was",
    source: 'RFC 9110, section 15.6.4',
  },
  {
    status: 504,
    what: 'A gateway asked the server behind it and got no answer in time.',
    whose: 'whoever runs the application: it is too slow, or the gateway waits too short a time',
    log: "the application's log of slow requests",
    source: 'RFC 9110, section 15.6.5',
  },
  edge(
    520,
    'The CDN reached the origin and got an empty, broken or unexpected answer.',
    'whoever runs the origin',
    "the origin web server's error log",
  ),
  edge(
    521,
    'The CDN knocked at the origin and was refused: it is down, or its firewall turns the CDN away.',
    'whoever runs the origin or its firewall',
    "the origin's firewall and web server",
  ),
  edge(
    522,
    "The CDN's connection to the origin timed out: packets are dropped, or the host is overloaded.",
    'whoever runs the origin, its firewall or its network',
    "the origin's firewall and load",
  ),
  edge(
    523,
    'The CDN finds no way to the origin: its address is wrong, or the network has no route.',
    'whoever keeps the DNS records and the network of the origin',
    'the DNS records of the origin',
  ),
  edge(
    524,
    'The CDN connected to the origin and got no answer in time.',
    'whoever runs the application: it is too slow',
    "the application's log of slow requests",
  ),
  edge(
    525,
    'The TLS handshake between CDN and origin failed.',
    "whoever keeps the origin's TLS",
    "the origin web server's error log",
  ),
  edge(
    526,
    "The CDN does not accept the origin's certificate.",
    "whoever keeps the origin's certificate",
    "the origin web server's error log",
  ),
  edge(
    527,
    'The link between the CDN and its helper at the origin broke.',
    'whoever runs the origin',
    "the origin's firewall and web server",
  ),
  edge(
    530,
    'The CDN could not resolve or reach the origin; its page names a second number of the form 1xxx.',
    'whoever keeps the DNS records of the origin',
    'the DNS records of the origin',
  ),
];
const byStatus = new Map(known.map((each) => [each.status, each]));

const rfc = 'RFC 9110, section 15';
/** What a status means in words; null = it is no error. */
export const explainStatus = (status: number): StatusWords | null => {
  const exact = byStatus.get(status);
  if (exact !== undefined) return exact;
  if (status >= 500 && status <= 599)
    return {
      ...{ status, source: rfc, log: "the server's error log" },
      what: 'The server failed in a way that has no standard word.',
      whose: 'whoever runs the server',
    };
  if (status < 400 || status > 499) return null;
  return {
    ...{ status, source: rfc, log: "the server's access log" },
    what: 'The server was reached and refuses this request.',
    whose: 'whoever asks, or whoever decides what may be asked',
  };
};
