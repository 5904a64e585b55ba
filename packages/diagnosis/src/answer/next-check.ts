import { type Cause, causeFacts } from '../causes.ts';
import type { RankedCause, Snippet } from '../diagnosis.ts';
import { helpOf } from './causes/all.ts';
import { command, type Look, type ProductHelp, type StackHelp } from './help.ts';

/** Who is known to stand on the way. */
export type Known = Readonly<{ product: ProductHelp | null; productName: string | null; stack: StackHelp | null }>;
type Text = Readonly<{ text: string; snippets: readonly Snippet[] }>;

const anyLog = command(
  'What complained on this machine at that time',
  'journalctl -p warning --since {since} --until {until} --no-pager',
);
const direct = command('The origin, asked directly on the server', 'curl -sS -o /dev/null -D - {origin}');
const outside = command(
  'The public address, from another network',
  "curl -sS -o /dev/null -D - --connect-timeout 10 '{url}'",
);

const plain = (text: string, ...snippets: readonly Snippet[]): Text => ({ text, snippets });
/** How each look is done. */
const looks: Readonly<Record<Look, (known: Known) => Text>> = {
  'gateway-log': ({ product, productName }) =>
    plain(
      `Read the error log of ${product?.logOf ?? productName ?? 'the gateway'} at {moment}`,
      ...(product?.log ?? [anyLog]),
    ),
  'application-log': ({ stack }) => plain('Read the application’s own log at {moment}', ...(stack?.log ?? [anyLog])),
  'ask-origin': () =>
    plain(
      'Ask the origin directly, on the server itself, at the address that the gateway uses: if it fails there too, the origin is at fault, and if it answers well, the gateway or the way between is',
      direct,
    ),
  'ask-plainly': () =>
    plain(
      'Ask for the page with and without compression, several times, and compare status and length',
      command(
        'With compression and without',
        "for n in 1 2 3; do curl -sS --compressed -o /dev/null -w '%{http_code} %{size_download}\\n' '{url}'; curl -sS -H 'Accept-Encoding: identity' -o /dev/null -w '%{http_code} %{size_download} (plain)\\n' '{url}'; done",
      ),
    ),
  'ask-elsewhere': () =>
    plain(
      'Ask the same from another network, such as a phone’s: what fails from everywhere is the site, what fails from here alone is the way or a rule',
      outside,
    ),
  name: () =>
    plain(
      'Ask several resolvers for the name and compare',
      command('Three resolvers', 'for r in 1.1.1.1 8.8.8.8 9.9.9.9; do dig +short @$r {host} A {host} AAAA; done'),
    ),
  certificate: () =>
    plain(
      'Look at the certificate and the handshake as they are served',
      command('The handshake', 'openssl s_client -connect {hostport} -servername {host} </dev/null | head -n 30'),
    ),
  protection: () =>
    plain(
      'Look in the log of the protection (firewall rules, bot wall, rate limits) for this check at {moment}: it names the rule that fired',
    ),
  page: () =>
    plain(
      'Open the page in a browser and read what it says',
      command('Its beginning', "curl -sS -i '{url}' | head -n 60"),
    ),
  time: () =>
    plain(
      'Measure where the time goes, from here and on the server itself',
      command(
        'From here',
        "curl -sS -o /dev/null -w 'dns %{time_namelookup} connect %{time_connect} tls %{time_appconnect} first byte %{time_starttransfer} total %{time_total}\\n' '{url}'",
      ),
      direct,
    ),
};

const signOf = (cause: Cause, look: Look, { product }: Known): string =>
  (look === 'gateway-log' ? product?.signs?.[cause] : undefined) ?? helpOf[cause].sign;

/** What the look would show under each of these. */
const meaning = (causes: readonly Cause[], look: Look, known: Known): string => {
  const parts = causes.map((cause) => `${signOf(cause, look, known)} means that ${causeFacts[cause].words}`);
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`;
};

/** The first look that tells both apart, as far as one does. */
const lookFor = (first: Cause, second: Cause | undefined): Look => {
  const own = helpOf[first].settledBy;
  const shared = second === undefined ? undefined : own.find((look) => helpOf[second].settledBy.includes(look));
  return shared ?? own[0] ?? 'ask-elsewhere';
};

/** A cause that is this much less likely is no rival. */
const rivalShare = 0.04;
const mostNamed = 4;

/** Those that this look tells nothing of, where nothing is settled yet. */
const alsoPossible = (others: readonly RankedCause[]): string =>
  others.length === 0 ? '' : ` Possible besides: ${others.map(({ words }) => words).join('; ')}.`;

/** The one look that separates the likeliest causes best. `isSettled`: a log has told already. */
export const nextCheck = (ranked: readonly RankedCause[], known: Known, isSettled: boolean): Text => {
  const [first] = ranked;
  if (first === undefined) return plain('');
  if (isSettled) return plain('Once it is mended, look again, and see that such lines stop in the log', outside);
  const rivals = ranked.filter(({ confidence }) => confidence >= rivalShare).slice(0, mostNamed);
  const look = lookFor(first.cause, rivals[1]?.cause);
  const isOpen = first.confidence < 0.6 && rivals.length > 1;
  const { text, snippets } = looks[look](known);
  const [named, others] = [true, false].map((is) =>
    rivals.filter(({ cause }) => helpOf[cause].settledBy.includes(look) === is),
  );
  const told = (named ?? []).slice(0, isOpen ? mostNamed : 2).map(({ cause }) => cause);
  const open = isOpen ? `Several causes fit. ${text}` : text;
  return plain(`${open}${meaning(told, look, known)}.${isOpen ? alsoPossible(others ?? []) : ''}`, ...snippets);
};
