import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'WordPress, wp-includes/functions.php (wp_die) and load.php';

export const wordpress: Product = {
  id: 'wordpress',
  name: 'WordPress',
  role: 'application',
  writes: [
    body(/There has been a critical error on (?:this|your) website/u, 'proof', page),
    body(/<h1>Error establishing a database connection<\/h1>/u, 'proof', page),
    body(/Briefly unavailable for scheduled maintenance\. Check back in a minute/u, 'proof', page),
    body(/<body id="error-page">\s{0,20}<div class="wp-die-message">/u, 'proof', page),
  ],
  passes: [
    header('Link', /rel="https:\/\/api\.w\.org\/"/u, 'proof', page),
    header('X-Powered-By', /^WordPress|WP Engine/u, 'hint', page),
  ],
  says: [
    {
      ...{ id: 'maintenance', status: [200, 503], source: page },
      marks: [body(/Briefly unavailable for scheduled maintenance/u, 'proof', page)],
      causes: { maintenance: 40, 'app-error': 2 },
      because: 'WordPress says that it updates itself; when it stays so, an update died and left its .maintenance file',
    },
    ...applicationSays('WordPress', page),
  ],
};
