/** A place that probes may look from. Degrees north and east. */
export type Place = Readonly<{ id: string; city: string; country: string; latitude: number; longitude: number }>;

/** The regions that Farwatch knows by name: ids are airports', countries ISO 3166-1 alpha-2. Others may be used too. */
export const regionCatalogue: readonly Place[] = [
  { id: 'ams', city: 'Amsterdam', country: 'NL', latitude: 52.37, longitude: 4.9 },
  { id: 'bom', city: 'Mumbai', country: 'IN', latitude: 19.08, longitude: 72.88 },
  { id: 'cpt', city: 'Cape Town', country: 'ZA', latitude: -33.92, longitude: 18.42 },
  { id: 'dub', city: 'Dublin', country: 'IE', latitude: 53.35, longitude: -6.26 },
  { id: 'fra', city: 'Frankfurt', country: 'DE', latitude: 50.11, longitude: 8.68 },
  { id: 'gru', city: 'São Paulo', country: 'BR', latitude: -23.55, longitude: -46.63 },
  { id: 'hkg', city: 'Hong Kong', country: 'HK', latitude: 22.32, longitude: 114.17 },
  { id: 'iad', city: 'Ashburn', country: 'US', latitude: 39.04, longitude: -77.49 },
  { id: 'lhr', city: 'London', country: 'GB', latitude: 51.51, longitude: -0.13 },
  { id: 'nrt', city: 'Tokyo', country: 'JP', latitude: 35.68, longitude: 139.69 },
  { id: 'ord', city: 'Chicago', country: 'US', latitude: 41.88, longitude: -87.63 },
  { id: 'sea', city: 'Seattle', country: 'US', latitude: 47.61, longitude: -122.33 },
  { id: 'sin', city: 'Singapore', country: 'SG', latitude: 1.35, longitude: 103.82 },
  { id: 'sjc', city: 'San José', country: 'US', latitude: 37.34, longitude: -121.89 },
  { id: 'syd', city: 'Sydney', country: 'AU', latitude: -33.87, longitude: 151.21 },
  { id: 'yyz', city: 'Toronto', country: 'CA', latitude: 43.65, longitude: -79.38 },
];

const byId = new Map(regionCatalogue.map((place) => [place.id, place]));

/** Null for a region of somebody's own, such as `local`. */
export const placeOf = (region: string): Place | null => byId.get(region) ?? null;
