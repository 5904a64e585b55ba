import { applicationSays } from './application-causes.ts';
import { body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Apache Tomcat, java/org/apache/catalina/valves/ErrorReportValve.java';

export const tomcat: Product = {
  id: 'tomcat',
  name: 'Apache Tomcat',
  role: 'application',
  writes: [
    title(/^HTTP Status \d{3} [–-] /u, 'strong', page),
    body(/<h3>Apache Tomcat(?:\/[\w.-]{1,20})?(?: \([^()<>]{1,40}\))?<\/h3>/u, 'proof', page),
    body(/<h1>HTTP Status \d{3} [–-] [^<]{2,120}<\/h1>/u, 'strong', page),
  ],
  passes: [header('Server', /^Apache-Coyote\//u, 'strong', page)],
  says: applicationSays('Tomcat', page),
};
