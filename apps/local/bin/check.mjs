// npm run check: all that needs no server, in seconds.
import { ensureGenerated, ensureInstalled } from './bootstrap.mjs';
import { checkSources, conclude, runVitest, sum } from './checks.mjs';

ensureInstalled();
ensureGenerated();
const sources = await checkSources();
const tests = await runVitest(['--project', 'unit', '--project', 'web'], 10 * 60_000);
process.exitCode = conclude(sum(sources, tests));
