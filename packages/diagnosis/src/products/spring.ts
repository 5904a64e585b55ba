import { applicationSays } from './application-causes.ts';
import { body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Spring Boot, ErrorMvcAutoConfiguration.java and DefaultErrorAttributes.java';

export const spring: Product = {
  id: 'spring',
  name: 'Spring Boot',
  role: 'application',
  writes: [
    body(/<h1>Whitelabel Error Page<\/h1>/u, 'proof', page),
    body(/^\{"timestamp":"?[\d:TZ.+-]{8,40}"?,"status":\d{3},"error":"[A-Za-z ]{3,40}",/u, 'proof', page),
  ],
  passes: [],
  says: applicationSays('Spring Boot', page),
};
