import { expect, test } from 'vitest';
import { placeOf, regionCatalogue } from './regions.ts';

test('the catalogue has sixteen places, each once, with ids that probes may have and coordinates that exist', () => {
  expect(new Set(regionCatalogue.map(({ id }) => id)).size).toBe(16);
  for (const { id, city, country, latitude, longitude } of regionCatalogue) {
    expect(id).toMatch(/^[a-z][a-z0-9-]{0,31}$/u);
    expect(city).not.toBe('');
    expect(country).toMatch(/^[A-Z]{2}$/u);
    expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
    expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
  }
});

test('a region of somebody’s own has no place', () => {
  expect(placeOf('fra')?.city).toBe('Frankfurt');
  expect(placeOf('local')).toBeNull();
});
