import { setDefaultCACertificates } from 'node:tls';
import { needs, opensslAvailable, startNameServer } from '@farwatch/testkit';
import { afterAll, beforeAll, expect } from 'vitest';
import { corpora, corpusBytes } from '../corpus.fixture.ts';
import { lookAt, loopback, said } from '../look.fixture.ts';
import { conditions, ends, rareServers, startTlsWorld } from './tls-conditions.fixture.ts';

type Row = Readonly<{ id: string; expect: string }>;
const rows = (): readonly Row[] => JSON.parse(corpusBytes('tls/tls-conditions.json').toString('utf8')).cases;

/** What a look says for each reason of the corpus. */
const reasons: Readonly<Record<string, RegExp>> = {
  up: /^up$/u,
  tls_hostname: /^tls:ERR_TLS_CERT_ALTNAME_INVALID$/u,
  tls_expired: /^tls:CERT_HAS_EXPIRED$/u,
  tls_not_yet_valid: /^tls:CERT_NOT_YET_VALID$/u,
  tls_untrusted: /^tls:(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/u,
  tls_incomplete_chain: /^tls:UNABLE_TO_VERIFY_LEAF_SIGNATURE$/u,
  tls_protocol: /^tls:ERR_SSL_(TLSV1_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)$/u,
  tls_handshake: /^tls:ERR_SSL_\w*ALERT_HANDSHAKE_FAILURE$/u,
  tls_client_cert: /^tls:ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED$/u,
  tls_not_tls: /^tls:ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/u,
  tls_weak_signature: /^tls:CA_MD_TOO_WEAK$/u,
  connection_reset: /^tls:ECONNRESET$/u,
  timeout: /^timeout$/u,
};
/** `cn-only-no-san` says it in a sentence: down in browsers, and so with us. */
const reasonOf = ({ expect: words }: Row): string =>
  words.startsWith('down in browsers') ? 'tls_hostname' : (/^(?:down )?(\w+)/u.exec(words)?.[1] ?? '');
/** An end is told of a certificate that was believed, or that was refused for its end alone. */
const endOf: Readonly<Record<string, number>> = {
  up: ends.valid,
  tls_client_cert: ends.valid,
  tls_expired: ends.expired,
};

/** Whose certificate was shown and refused: it is told all the same, with its end. */
const shown = /^tls_(hostname|expired|not_yet_valid|untrusted|incomplete_chain|weak_signature)$/u;

const openssl = needs('openssl', opensslAvailable);
openssl.describe('a server of the TLS corpus', () => {
  let names: Awaited<ReturnType<typeof startNameServer>>;
  let world: Awaited<ReturnType<typeof startTlsWorld>>;
  beforeAll(async () => {
    world = await startTlsWorld();
    setDefaultCACertificates([world.root.cert]); // before the first handshake makes the shared context
    names = await startNameServer(() => ['127.0.0.1']);
  }, 30_000);
  afterAll(async () => {
    await names[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  });

  corpora.test('is made for each of its 29 conditions', () => {
    expect(Object.keys(conditions)).toEqual(rows().map(({ id }) => id));
    expect(rows().length).toBe(29);
  });
  corpora.test.each(Object.entries(conditions))(
    'gets the verdict, the phase and the reason that the corpus has: %s',
    async (id, { start, host = 'shop.example' }) => {
      const reason = reasonOf(rows().find((row) => row.id === id) ?? { id, expect: 'no row' });
      await using server = await start(world);
      const timeoutMs = reason === 'timeout' ? 500 : 5_000;
      const rules = { ...loopback, dnsServers: [names.server] };
      const answer = await lookAt(`https://${host}:${server.port}/`, { timeoutMs }, rules);
      expect(said(answer)).toMatch(reasons[reason] ?? /^no such reason$/u);
      expect(answer.certificateEndsAt).toBe(endOf[reason] ?? null);
      expect(answer.phases).toMatchObject({ connectMs: expect.any(Number), tlsMs: expect.any(Number) });
      const seen = answer.details.hops[0]?.tls;
      if (shown.test(reason)) expect(seen?.certificate?.endsAt).toBe(endOf[reason] ?? ends.valid);
      if (shown.test(reason)) expect(`tls:${seen?.error}`).toBe(said(answer));
      if (endOf[reason] !== ends.valid) expect(answer).toMatchObject({ status: null, phases: { firstByteMs: null } });
    },
    15_000,
  );
  openssl.test.each(Object.entries(rareServers))(
    'is up although it takes only what few ask for: %s',
    async (_, { start }) => {
      await using server = await start(world);
      const rules = { ...loopback, dnsServers: [names.server] };
      expect(said(await lookAt(`https://shop.example:${server.port}/`, {}, rules))).toBe('up');
    },
  );
});
