// Writes src/features/results/land.ts: the outline of the land from Natural Earth's 1:110m (world-atlas), as one SVG
// path. Run it again after a new world-atlas: node apps/web/land.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { geoEquirectangular, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';

// Two pixels a degree; nobody looks from Antarctica.
const projection = geoEquirectangular()
  .scale(360 / Math.PI)
  .translate([360, 168])
  .clipExtent([
    [0, 0],
    [720, 286],
  ]);
const world = JSON.parse(readFileSync(new URL('node_modules/world-atlas/land-110m.json', import.meta.url), 'utf8'));
const path = geoPath(projection).digits(0)(feature(world, world.objects.land)) ?? '';
writeFileSync(
  new URL('src/features/results/land.ts', import.meta.url),
  `// Made by apps/web/land.mjs from world-atlas land-110m (Natural Earth, public domain); don't edit.\n/** All land, two units a degree: x = 360 + 2 × east, y = 168 − 2 × north. */\nexport const land =\n  '${path}';\n`,
);
