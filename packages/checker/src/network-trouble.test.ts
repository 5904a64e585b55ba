import { needs, ownNetworkAvailable } from '@farwatch/testkit';
import { expect } from 'vitest';
import { lookEverywhere } from './everywhere.fixture.ts';

const ownNetwork = needs('a network namespace', ownNetworkAvailable());
const [unreachable, vanishing, four, six] = ['8.8.4.4', '9.9.9.9', '1.1.1.1', '2606:4700:4700::1111'];
const at = (family4: readonly string[], family6: readonly string[]) => ({ 4: [family4], 6: [family6] });
const names = {
  'half.example': at([unreachable], [six]),
  'slow.example': at([vanishing, four], []),
  'six.example': at([], [six]),
};

ownNetwork.test(
  'an address without a way to it, one that swallows everything, and IPv6 alone are told apart',
  async () => {
    const { looks } = await lookEverywhere(
      {
        ...{ names, locations: [] },
        looks: [
          { url: `http://${unreachable}/` },
          { url: `http://${vanishing}/`, timeoutMs: 700 },
          { url: 'http://half.example/' },
          { url: 'http://half.example/', family: 'ipv4' },
          { url: 'http://slow.example/', timeoutMs: 3_000 },
          { url: 'http://six.example/' },
          { url: 'http://six.example/', family: 'ipv4' },
        ],
      },
      [unreachable],
      [vanishing],
    );
    expect(looks.map(({ said, reached }) => [said, reached])).toEqual([
      [expect.stringMatching(/^connect:E(HOST|NET)UNREACH$/u), null],
      ['timeout', null],
      ['up', six],
      [expect.stringMatching(/^connect:E(HOST|NET)UNREACH$/u), null],
      ['up', four],
      ['up', six],
      ['dns:ENODATA', null],
    ]);
    expect(looks[1]?.tried).toMatchObject([{ address: vanishing, code: 'ETIMEDOUT' }]);
    expect(looks[4]?.tried).toMatchObject([{ address: four, code: null }]); // the other was overtaken
  },
);
