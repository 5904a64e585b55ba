import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'learn.microsoft.com/aspnet: customErrors; System.Web/ErrorFormatter.cs';

export const aspNet: Product = {
  id: 'aspnet',
  name: 'ASP.NET',
  role: 'application',
  writes: [body(/<(?:span><)?H1>Server Error in '[^'<]{1,200}' Application\./iu, 'proof', page)],
  passes: [header('X-AspNet-Version', null, 'strong', page), header('X-AspNetMvc-Version', null, 'strong', page)],
  says: applicationSays('ASP.NET', page),
};
