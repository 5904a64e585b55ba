import type { Cause } from '../../causes.ts';
import { type CauseHelp, command } from '../help.ts';

const listening = command('What listens on the server, and which program', 'ss -ltnp');
const fromOutside = command(
  'The public address, from another network',
  "curl -sS -o /dev/null -D - --connect-timeout 10 '{url}'",
);

/** The gateway itself, or the public address. */
export const gatewayCauses = {
  'gateway-overloaded': {
    fix: 'Look at how many connections and open files the gateway has and may have, and what fills them; then raise the limit that is reached.',
    snippets: [command('Connections by state', 'ss -s'), command('Full queues (Recv-Q) of what listens', 'ss -ltn')],
    settledBy: ['gateway-log'],
    sign: 'a limit of the gateway’s own: connections, open files, memory, disk',
    disproof: 'If the gateway answers other pages without delay at that moment, it is something else.',
  },
  'gateway-config': {
    fix: 'Test the gateway’s configuration and undo its last change; its error log names the line or the rule.',
    settledBy: ['gateway-log', 'ask-origin'],
    sign: 'a complaint about its own configuration',
    disproof: 'If the configuration was not changed and the same address worked with it before, it is something else.',
  },
  'gateway-dependency': {
    fix: 'Look at the service that the gateway asks before it lets a request through (log-in, rate limit, policy): it failed, and the application was never reached.',
    settledBy: ['gateway-log'],
    sign: 'a failed request to a service that the gateway asks first',
    disproof: 'If the application’s log shows this request, the gateway did let it through.',
  },
  'gateway-down': {
    fix: 'Start the web server at the public address and see why it stopped; if it runs, see that it listens on this port and that no firewall refuses it.',
    snippets: [listening, command('What has failed lately', 'systemctl --failed')],
    settledBy: ['ask-elsewhere', 'name'],
    sign: 'a connection that is refused from everywhere',
    disproof: 'If it connects from another network, a rule between this place and the server refuses it.',
  },
  'gateway-unreachable': {
    fix: 'See that the host of the public address runs and that its firewall and routing let the world in; ask its provider if nothing reaches it.',
    snippets: [fromOutside, command('How far packets come', 'traceroute -n {host}')],
    settledBy: ['ask-elsewhere', 'name'],
    sign: 'no packet back, from everywhere',
    disproof: 'If it connects from another network, the way from here is broken, or a rule drops this place.',
  },
  'gateway-hang': {
    fix: 'Look at the process behind the public address: it takes connections and does nothing with them. Take its state down before you restart it.',
    snippets: [listening, command('What the machine waits for', 'vmstat 1 5')],
    settledBy: ['ask-elsewhere', 'gateway-log'],
    sign: 'connections that stand and get no answer',
    disproof: 'If its access log shows this request answered, the answer was lost on the way.',
  },
  'gateway-closed': {
    fix: 'Read the log of what listens at the public address: it takes connections and closes them without an answer, as a crashing worker, a wrong protocol or a protection does.',
    snippets: [command('What it says when asked', "curl -v -o /dev/null '{url}'")],
    settledBy: ['gateway-log', 'ask-elsewhere'],
    sign: 'a worker that ended, or a connection that was closed on purpose',
    disproof: 'If the same request is answered from another network, a rule closes connections from this place.',
  },
  'edge-tls': {
    fix: 'Make the TLS of the public address such that browsers take it: a protocol of 1.2 or later, a common cipher, a certificate for this name.',
    snippets: [
      command(
        'The handshake, as a client sees it',
        'openssl s_client -connect {hostport} -servername {host} </dev/null',
      ),
    ],
    settledBy: ['certificate', 'gateway-log'],
    sign: 'a handshake that the server breaks off',
    disproof: 'If the handshake succeeds with a current browser from another network, it is something else.',
  },
  'wrong-scheme': {
    fix: 'Use https:// with the port that speaks TLS and http:// with the one that does not; correct the URL, or the port that the server listens on with TLS.',
    snippets: [
      command(
        'Whether the port speaks TLS',
        'openssl s_client -connect {hostport} -servername {host} </dev/null | head -n 5',
      ),
    ],
    settledBy: ['certificate'],
    sign: 'a port that speaks the other protocol',
    disproof: 'If the other scheme fails at this port as well, it is something else.',
  },
} as const satisfies Partial<Record<Cause, CauseHelp>>;
