import type { Cause } from '../../causes.ts';
import { type CauseHelp, command } from '../help.ts';

const listening = command('What listens on the server, and which program', 'ss -ltnp');
const sockets = command('Which unix sockets are listened on', 'ss -lxp');

/** The gateway did not get as far as an answer. */
export const connectionCauses = {
  'origin-not-listening': {
    fix: 'Start the application again and see that it listens where the gateway looks for it; if it stops again, its own log says why.',
    snippets: [listening, command('What has failed lately', 'systemctl --failed')],
    settledBy: ['gateway-log', 'ask-origin'],
    sign: '“connection refused” while connecting',
    disproof:
      'If the application answers when it is asked directly on the server, at the address the gateway uses, it is something else.',
  },
  'gateway-wrong-target': {
    fix: 'Compare the address, port and protocol that the gateway is given for the application with those on which the application listens, and correct whichever is wrong.',
    snippets: [listening],
    settledBy: ['ask-origin', 'gateway-log'],
    sign: 'the application answers at another address, port or protocol than the one the gateway goes to',
    disproof:
      'If the address in the gateway’s configuration is exactly the one on which the application listens, and nothing was changed there, it is something else.',
  },
  'socket-missing': {
    fix: 'Start the service that makes the socket, and give gateway and service the same path.',
    snippets: [sockets, command('Whether the socket is there', 'ls -l {socket}')],
    settledBy: ['gateway-log'],
    sign: '“No such file or directory” for the socket',
    disproof: 'If the socket is at the path that the gateway is given, it is something else.',
  },
  'socket-permission': {
    fix: 'Let the gateway’s user open the socket: make it the socket’s owner or group, and see that it may enter each folder above.',
    snippets: [command('Who owns the socket and the folders above it', 'namei -l {socket}')],
    settledBy: ['gateway-log'],
    sign: '“Permission denied” for the socket',
    disproof: 'If the gateway’s own user can connect to the socket by hand, it is something else.',
  },
  'origin-unreachable': {
    fix: 'See that the host of the application runs, that its firewall lets the gateway in, and that there is a route between them.',
    snippets: [
      command(
        'Whether the port can be reached, from the gateway’s host',
        'curl -v --connect-timeout 5 telnet://{target} </dev/null',
      ),
      command('What the firewall drops or refuses', 'nft list ruleset'),
    ],
    settledBy: ['ask-origin', 'gateway-log'],
    sign: '“timed out” or “no route to host” while connecting',
    disproof: 'If a connection from the gateway’s host to the application’s port stands at once, it is something else.',
  },
  'upstream-dns': {
    fix: 'Ask the gateway’s own resolver for the name of the application’s host; correct the name, or the resolver, and reload the gateway.',
    snippets: [command('What the gateway’s host finds for the name', 'getent hosts UPSTREAM-NAME')],
    settledBy: ['gateway-log'],
    sign: 'a name that could not be resolved',
    disproof:
      'If the gateway is given an address instead of a name, or the name resolves on its host, it is something else.',
  },
  'upstream-tls': {
    fix: 'Make the TLS between gateway and application agree: the scheme and port, the server name that is sent, the protocol version and the certificate that is trusted.',
    snippets: [
      command(
        'The handshake as the gateway would make it',
        'openssl s_client -connect {target} -servername {host} </dev/null',
      ),
    ],
    settledBy: ['gateway-log', 'ask-origin'],
    sign: 'a failed TLS handshake with the upstream',
    disproof:
      'If the gateway speaks plain HTTP to the application, or that handshake succeeds by hand, it is something else.',
  },
  'no-live-upstream': {
    fix: 'Look at the health of every server behind the gateway: one healthy server is enough to end it. If all are well, the health check itself asks for the wrong thing.',
    snippets: [listening],
    settledBy: ['gateway-log', 'ask-origin'],
    sign: 'no live or healthy server left in the group',
    disproof: 'If the gateway holds at least one server for healthy at that moment, it is something else.',
  },
  'origin-saturated': {
    fix: 'Find what keeps the workers busy (mostly one slow request, or what it waits for) before adding workers; then give the pool as many as its memory carries.',
    snippets: [
      command('How many connections wait to be taken (Recv-Q)', 'ss -ltn'),
      command('Load and memory', 'uptime; free -h'),
    ],
    settledBy: ['application-log', 'gateway-log'],
    sign: 'all workers busy, or a full queue',
    disproof: 'If workers were idle at that moment and the queue was empty, it is something else.',
  },
} as const satisfies Partial<Record<Cause, CauseHelp>>;
