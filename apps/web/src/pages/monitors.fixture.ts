import { screen, within } from '@testing-library/react';
import { aMonitor, id, pageOf } from '../testing.fixture.tsx';

export const down = aMonitor({
  ...{ id: id(11), name: 'Api', url: 'https://api.example/', status: 'down', incidentId: id(20) },
});
/** One that fails and two that do well. */
export const full = { 'GET /v1/monitors': pageOf(aMonitor(), aMonitor({ id: id(12), name: 'Blog' }), down) };
/** The rows' names, from the first on. */
export const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('link').textContent);
