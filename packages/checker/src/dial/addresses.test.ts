import { parseMonitorUrl } from '@farwatch/domain';
import { describe, expect, test } from 'vitest';
import { corpora, corpusRows } from '../corpus.fixture.ts';
import { addressAllowed, type DialRules, hostAllowed, parseDialRules, portAllowed } from './addresses.ts';

const nothingOpened: DialRules = { allowCidrs: [] };
const everythingOpened = parseDialRules('0.0.0.0/0, ::/0');

describe('the public internet alone can be dialled', () => {
  test.each(['1.1.1.1', '8.8.8.8', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is allowed', (address) => {
    expect(addressAllowed(address, nothingOpened)).toBe(true);
  });
  test.each(['127.0.0.1', '10.1.2.3', '::1', '::ffff:127.0.0.1', '::7f00:1', 'fe80::1', 'fe80::1%eth0', '0.0.0.0', ''])(
    '"%s" is refused',
    (address) => {
      expect(addressAllowed(address, nothingOpened)).toBe(false);
    },
  );
  test('an address that hides a private one in ISATAP is refused whatever its prefix', () => {
    expect(addressAllowed('2606:4700::5efe:10.0.0.1', nothingOpened)).toBe(false);
    expect(addressAllowed('2606:4700::200:5efe:7f00:1', nothingOpened)).toBe(false);
  });
  corpora.test('every address of the corpus is classified as its registry says', () => {
    const rows = corpusRows<{ ip: string; expect: 'allow' | 'deny' | 'either' }>('ssrf/ip-classification.jsonl');
    const wrong = rows.filter(
      (row) => row.expect !== 'either' && addressAllowed(row.ip, nothingOpened) !== (row.expect === 'allow'),
    );
    expect(rows.length).toBeGreaterThanOrEqual(156);
    expect(wrong).toEqual([]);
  });
});

describe('an operator can open ranges', () => {
  test('a range opens its addresses and no others, written as IPv4 or as IPv6', () => {
    const rules = parseDialRules('127.0.0.0/8, fd12::/16, 192.168.1.7');
    const open = ['127.0.0.1', '::ffff:127.0.0.1', 'fd12::1', '192.168.1.7'];
    expect(open.filter((address) => !addressAllowed(address, rules))).toEqual([]);
    expect(['10.0.0.1', 'fd13::1', '192.168.1.8', '::1'].filter((a) => addressAllowed(a, rules))).toEqual([]);
  });
  test.each([
    ['169.254.169.254'],
    ['::ffff:169.254.169.254'],
    ['::a9fe:a9fe'],
    ['64:ff9b::169.254.169.254'],
    ['2002:a9fe:a9fe::1'],
    ['fd00:ec2::254'],
    ['100.100.100.200'],
    ['168.63.129.16'],
    ['192.0.0.192'],
  ])('no setting opens the metadata address %s', (address) => {
    expect(addressAllowed(address, everythingOpened)).toBe(false);
  });
  test.each(['127.0.0.1/33', 'loopback', '10.0.0.0/8,,nonsense', '300.1.1.1/8'])(
    'the faulty list "%s" is refused in one line that names the part',
    (text) => {
      expect(() => parseDialRules(text)).toThrow(/^"[^"\n]+" is not a CIDR range/u);
    },
  );
  test('an empty list opens nothing', () => {
    expect(parseDialRules(' , ')).toEqual({ allowCidrs: [] });
  });
});

describe('ports', () => {
  test.each([22, 25, 110, 143, 465, 587, 993, 3306, 5432, 6379, 9200, 11_211, 27_017, 0])('%i is refused', (port) => {
    expect(portAllowed(port, nothingOpened)).toBe(false);
    expect(portAllowed(port, nothingOpened, '1.1.1.1')).toBe(false);
  });
  test('web ports, and any that is not on the list, are allowed', () => {
    expect([80, 443, 3000, 8080, 8443, 40_123].filter((port) => !portAllowed(port, nothingOpened))).toEqual([]);
  });
  test('an opened range opens its ports, and only there', () => {
    const rules = parseDialRules('127.0.0.0/8');
    expect(portAllowed(6379, rules, '127.0.0.1')).toBe(true);
    expect(portAllowed(6379, rules, '1.1.1.1')).toBe(false);
    expect(portAllowed(6379, { ...nothingOpened, allowPorts: [6379] }, '1.1.1.1')).toBe(true);
  });
});

describe('what may be saved', () => {
  const saved = (text: string, rules = nothingOpened): boolean => {
    const parsed = parseMonitorUrl(text);
    return parsed.ok && hostAllowed(parsed.url.hostname, rules);
  };
  test.each(['http://localhost/', 'http://LOCALHOST./', 'http://a.localhost/', 'http://metadata.google.internal/'])(
    '%s is refused',
    (url) => {
      expect(saved(url)).toBe(false);
    },
  );
  test('localhost is allowed where loopback is', () => {
    expect(saved('http://localhost:8080/', parseDialRules('127.0.0.0/8'))).toBe(true);
  });
  test('names pass: their addresses are judged when they are dialled', () => {
    expect(saved('https://example.com/')).toBe(true);
  });
  corpora.test('no writing of a denied address gets through the parser', () => {
    const rows = corpusRows<{ target: string; form: string; url: string }>('ssrf/encoded-hosts.jsonl');
    const through = rows.filter(({ form, url }) => form !== 'name-or-v6' && saved(url));
    expect(rows.length).toBeGreaterThanOrEqual(570);
    // What looks like an attempt and leads to an outside name instead is a matter for the dial.
    const toAddresses = through.filter(({ url }) => /^\[|^[\d.]+$/u.test(new URL(url).hostname));
    expect(toAddresses).toEqual([]);
  });
});
