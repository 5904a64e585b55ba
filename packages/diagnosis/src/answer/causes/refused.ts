import type { Cause } from '../../causes.ts';
import { type CauseHelp, command } from '../help.ts';

const shown = command('What it answers', "curl -sS -i '{url}' | head -n 40");

/** The request was understood and turned away. */
export const refusedCauses = {
  'origin-refusing': {
    fix: 'Look at why the application refuses: a limit it keeps, a dependency that it waits for, a rule for this address. It was reached, so its log says so.',
    snippets: [shown],
    settledBy: ['application-log', 'gateway-log'],
    sign: 'a refusal that the application wrote itself',
    disproof: 'If the application’s log does not show this request, the gateway refused it.',
  },
  maintenance: {
    fix: 'If the maintenance is yours, plan it as such, so that nobody is alerted; if it is over, take the maintenance page away.',
    snippets: [shown],
    settledBy: ['page', 'application-log'],
    sign: 'a maintenance mode that is switched on',
    disproof: 'If nobody switched a maintenance mode on, it is overload or a stopped service.',
  },
  'rate-limited': {
    fix: 'Let the address of this check through the limit, or look less often; if visitors meet it too, raise the limit.',
    snippets: [
      command(
        'What is left of the limit',
        "curl -sS -o /dev/null -D - '{url}' | grep -iE '^(HTTP|retry-after|ratelimit|x-ratelimit)'",
      ),
    ],
    settledBy: ['protection', 'ask-elsewhere'],
    sign: 'this place’s address over its limit',
    disproof: 'If an address that never asked before meets the same answer, it is no limit by address.',
  },
  'not-found': {
    fix: 'Correct the URL that is checked, or bring the page back: the server is well and has nothing at this address.',
    snippets: [command('Where it leads', "curl -sS -o /dev/null -L -w '%{http_code} %{url_effective}\\n' '{url}'")],
    settledBy: ['page', 'application-log'],
    sign: 'an address that nothing serves',
    disproof:
      'If other pages of the site, such as its start, are not found either, the gateway goes to the wrong place.',
  },
  blocked: {
    fix: 'Let the addresses of the checks, or their User-Agent, through the protection; the site itself may be well.',
    snippets: [
      command('The same as a browser asks', "curl -sS -o /dev/null -w '%{http_code}\\n' -A 'Mozilla/5.0' '{url}'"),
    ],
    settledBy: ['protection', 'ask-elsewhere'],
    sign: 'a rule that fired for this check',
    disproof: 'If people in a browser meet the same answer, the site turns everybody away.',
  },
  'request-too-large': {
    fix: 'Send less (fewer cookies, a shorter address, a smaller body), or raise the server’s limit for it.',
    snippets: [shown],
    settledBy: ['gateway-log'],
    sign: 'a request larger than allowed',
    disproof: 'If a request without cookies and body meets the same answer, it is something else.',
  },
  'check-refused': {
    fix: 'Change what the check is asked to do: its own safety rules keep it from going there.',
    settledBy: ['name'],
    sign: 'an address or port that checks may not go to',
    disproof: 'If the name leads to a public address and the port is a usual one, it is something else.',
  },
} as const satisfies Partial<Record<Cause, CauseHelp>>;
