import type { Cause } from '../../causes.ts';
import { type CauseHelp, command } from '../help.ts';

const killed = command(
  'Whether the kernel killed something for memory',
  "journalctl -k --since {since} --until {until} | grep -iE 'oom|killed process'",
);
const direct = command('The application, asked directly on the server', 'curl -sS -o /dev/null -D - {origin}');

/** The application was reached; what came of it is not what it should be. */
export const answerCauses = {
  'origin-closed-early': {
    fix: 'Read the application’s log at that moment: it ended, crashed or was killed while it worked on the request. If the kernel killed it, give it more memory or let it use less.',
    snippets: [killed],
    settledBy: ['gateway-log', 'application-log'],
    sign: 'a connection that the application closed before it had answered',
    disproof: 'If the application’s log shows the request answered in full at that moment, it is something else.',
  },
  'origin-reset': {
    fix: 'Read the application’s log at that moment for a worker that was killed or restarted; where none was, let the application keep idle connections open longer than the gateway does.',
    snippets: [killed],
    settledBy: ['gateway-log', 'application-log'],
    sign: '“connection reset by peer”',
    disproof:
      'If no worker ended at that moment and the gateway keeps no connections open to the application, it is something else.',
  },
  'origin-invalid-response': {
    fix: 'Ask the application directly and look at the first line of its answer: the port may speak another protocol, or TLS where plain HTTP is expected, or something is printed before the headers.',
    snippets: [command('The first bytes of its answer', 'curl -sS --http0.9 -i {origin} | head -c 300')],
    settledBy: ['gateway-log', 'ask-origin'],
    sign: 'a header or answer that is not valid',
    disproof:
      'If the answer, asked for directly, begins with a line such as “HTTP/1.1 200” and well-formed headers, it is something else.',
  },
  'origin-header-too-big': {
    fix: 'Let the application send less in its headers (mostly cookies or a long policy), or give the gateway a larger buffer for them.',
    snippets: [command('How many bytes of headers it sends', 'curl -sS -o /dev/null -D - {origin} | wc -c')],
    settledBy: ['gateway-log', 'ask-origin'],
    sign: 'a header that is too big',
    disproof: 'If all headers together are far below 4 KiB, it is something else.',
  },
  'origin-timeout': {
    fix: 'Find the slow request and what it waits for (database, another service, a lock); raise the gateway’s timeout only where the work really takes that long.',
    snippets: [
      command(
        'How long it takes when asked directly',
        "curl -sS -o /dev/null -w '%{http_code} after %{time_total} s\\n' {origin}",
      ),
    ],
    settledBy: ['gateway-log', 'application-log'],
    sign: '“timed out” while reading the answer',
    disproof:
      'If the application answers the same request directly well within the gateway’s timeout, also under load, it is something else.',
  },
  'truncated-body': {
    fix: 'Ask the application directly and compare the length: if it is cut there too, its log says why it stopped; if it is whole there, the gateway’s buffers, temporary folder or timeouts cut it.',
    snippets: [
      command(
        'Declared and real length, asked directly',
        "curl -sS -o /dev/null -D - -w 'came: %{size_download} bytes\\n' {origin}",
      ),
    ],
    settledBy: ['ask-plainly', 'ask-origin', 'gateway-log'],
    sign: 'a body that is shorter than its head says',
    disproof: 'If the page comes whole several times in a row, also without compression, it is something else.',
  },
  'compression-or-length': {
    fix: 'Switch compression off at the application to confirm it, then compress in one place only and let nobody set Content-Length by hand.',
    snippets: [
      command(
        'With compression and without',
        "curl -sS --compressed -o /dev/null -w '%{http_code} %{size_download}\\n' '{url}'\ncurl -sS -H 'Accept-Encoding: identity' -o /dev/null -w '%{http_code} %{size_download}\\n' '{url}'",
      ),
    ],
    settledBy: ['ask-plainly', 'ask-origin'],
    sign: 'a page that is whole without compression and broken with it',
    disproof:
      'If the page is broken in the same way when it is asked for without compression, its compression is not the cause.',
  },
  'masked-outage': {
    fix: 'Look at what the page says: the application failed and still answered with a good status. Mend what it names, and let it answer errors with 500 or 503, so that caches and monitors see them.',
    snippets: [command('Status and beginning of the page', "curl -sS -i '{url}' | head -n 40")],
    settledBy: ['page', 'application-log'],
    sign: 'an error’s words under a good status',
    disproof: 'If the words belong to the page’s own content, nothing is wrong.',
  },
  'empty-page': {
    fix: 'Read the application’s log: a page without a word mostly means that the program ended before it wrote anything, with its messages switched off.',
    snippets: [
      command('Status, headers and length', "curl -sS -o /dev/null -D - -w 'came: %{size_download} bytes\\n' '{url}'"),
    ],
    settledBy: ['application-log', 'page'],
    sign: 'a fatal error with no output',
    disproof: 'If this address is meant to answer without a body, nothing is wrong.',
  },
  'app-error': {
    fix: 'Read the application’s log at that moment: it was reached and failed by itself. What was deployed, switched on or changed last is the first suspect.',
    snippets: [direct],
    settledBy: ['application-log', 'gateway-log'],
    sign: 'an error of the application’s own',
    disproof:
      'If the application’s log has no error, and no request, at that moment, the gateway wrote the error itself.',
  },
  'healthy-stale': {
    fix: 'Visitors still see an old copy: look at the origin before the copy runs out.',
    snippets: [direct],
    settledBy: ['ask-origin', 'gateway-log'],
    sign: 'an origin that does not answer while a cache does',
    disproof: 'If the origin answers when it is asked directly, the cache is only refreshing its copy.',
  },
  slow: {
    fix: 'Look at the phase that takes the time: a slow first byte is the application or what it waits for, a slow connect or download is the network.',
    snippets: [
      command(
        'Where the time goes',
        "curl -sS -o /dev/null -w 'dns %{time_namelookup} connect %{time_connect} tls %{time_appconnect} first byte %{time_starttransfer} total %{time_total}\\n' '{url}'",
      ),
    ],
    settledBy: ['time', 'application-log'],
    sign: 'the phase that takes the time',
    disproof: 'If the same request is fast from other places and from the server itself, it is the way between.',
  },
  healthy: {
    fix: 'Nothing is to be mended.',
    settledBy: ['ask-elsewhere'],
    sign: 'a good answer',
    disproof: 'If another place sees it fail, or the page’s content is wrong, something is wrong after all.',
  },
} as const satisfies Partial<Record<Cause, CauseHelp>>;
