import { expect, test } from 'vitest';
import { organisationNameFor } from './organisation-store.ts';

test.each([
  ['ann@example.com', 'Example'],
  ['ann@mail.lighthouse.co.uk', 'Lighthouse'],
  ['ann@lighthouse.com.br', 'Lighthouse'],
  ['ann@com.br', 'Com'],
  ['ann@co.de', 'Co'],
  ['ann@gmail.com', 'Ann Other'],
  ['ann@intranet', 'Ann Other'],
])('the organisation of %s is called %s', (email, name) => {
  expect(organisationNameFor({ email, name: 'ann Other' })).toBe(name);
});
