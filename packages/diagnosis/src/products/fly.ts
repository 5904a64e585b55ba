import { diedWorking, noAnswerInTime } from './gateway-causes.ts';
import { all, emptyBody, header, noHeader, order, status } from './marks.ts';
import type { Product } from './product.ts';

const page = 'fly.io/docs/reference/error-codes and answers kept in public incident notes';

export const fly: Product = {
  id: 'fly',
  name: 'Fly.io',
  role: 'platform',
  writes: [
    all(
      'proof',
      page,
      { kind: 'only-header', name: 'Server', value: /^Fly\//u, weight: 'strong', source: page },
      header('Fly-Request-Id', null, 'strong', page),
      emptyBody('hint', page),
      // What it passes on keeps the application's Date before these.
      order('hint', page, 'Server', 'Via', 'Fly-Request-Id', 'Date'),
      noHeader('Content-Length', 'hint', page),
      noHeader('Content-Type', 'hint', page),
      status([502, 503, 504], 'hint', page),
    ),
  ],
  passes: [
    header('Fly-Request-Id', null, 'proof', page),
    header('Via', /\bfly\.io\b/u, 'proof', page),
    header('Server', /^Fly\//u, 'strong', page),
  ],
  requestIds: ['Fly-Request-Id'],
  timeoutsS: [60],
  says: [
    {
      id: '502-quick',
      status: [502],
      pace: 'instant',
      causes: {
        'origin-not-listening': 30,
        'origin-closed-early': 14,
        'origin-reset': 6,
        'gateway-wrong-target': 8,
        'no-live-upstream': 4,
      },
      because: "Fly's proxy found nothing listening on the machine's internal port, or it closed",
      source: page,
    },
    { id: '502', status: [502], causes: diedWorking, because: 'the machine broke off while it worked', source: page },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 26, 'origin-saturated': 8, 'origin-not-listening': 8 },
      because: "Fly's proxy has no healthy machine",
      source: page,
    },
    { id: '504', status: [504], causes: noAnswerInTime, because: 'the machine did not answer in time', source: page },
  ],
};
