import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Drupal, core/lib/Drupal/Core/EventSubscriber/FinalExceptionSubscriber.php and core/modules/system';

export const drupal: Product = {
  id: 'drupal',
  name: 'Drupal',
  role: 'application',
  writes: [
    body(/^The website encountered an unexpected error\. (?:Please t|T)ry again later\./u, 'proof', page),
    header('X-Generator', /^Drupal \d/u, 'hint', page),
  ],
  passes: [header('X-Generator', /^Drupal \d/u, 'strong', page), header('X-Drupal-Cache', null, 'strong', page)],
  says: applicationSays('Drupal', page),
};
