// npm run types: the packages and the dashboard, which has a configuration of its own.
import { ensureGenerated, ensureInstalled } from './bootstrap.mjs';
import { checkTypes } from './checks.mjs';

ensureInstalled();
ensureGenerated();
const { failed } = await checkTypes();
process.exitCode = failed === 0 ? 0 : 1;
