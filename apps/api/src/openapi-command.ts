import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildDocument } from './openapi-document.ts';

// `node apps/api/src/openapi-command.ts`: writes docs/openapi.json. A test compares it with what is served.

const target = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));
await writeFile(target, `${JSON.stringify(await buildDocument(), null, 2)}\n`);
process.exit(0); // the deps' connections were never needed
