import { applicationSays } from './application-causes.ts';
import { all, body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Laravel, src/Illuminate/Foundation/Exceptions/views/minimal.blade.php';

export const laravel: Product = {
  id: 'laravel',
  name: 'Laravel',
  role: 'application',
  writes: [
    all(
      'proof',
      page,
      title(
        /^(?:Server Error|Not Found|Service Unavailable|Page Expired|Too Many Requests|Forbidden|Unauthorized|Payment Required)$/u,
        'strong',
        page,
      ),
      body(
        /<div class="(?:px-4 text-lg text-gray-500 border-r border-gray-400|code)[^"]{0,80}">\s{0,60}\d{3}/u,
        'strong',
        page,
      ),
    ),
  ],
  passes: [header('Set-Cookie', /^laravel_session=/u, 'strong', page)],
  says: applicationSays('Laravel', page),
};
