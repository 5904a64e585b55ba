// npm test: everything, from a fresh clone, on any Node from 20. Ends with "N passed, N failed, N skipped".
import { ensureGenerated, ensureInstalled, ensureWebBuilt } from './bootstrap.mjs';
import { checkSources, conclude, nothing, runVitest, sum } from './checks.mjs';
import { ensurePrograms } from './programs.mjs';

/** A step all others stand on: without it nothing can be tested, so its failure is told and counted. */
const prepared = (step) => {
  try {
    step();
    return nothing;
  } catch (error) {
    process.stdout.write(`✗ ${error.message}\n`);
    return { ...nothing, failed: 1 };
  }
};

const everything = async () => {
  const installed = [ensureInstalled, ensureGenerated].map((step) => prepared(step)).reduce(sum, nothing);
  if (installed.failed > 0) return installed;
  ensurePrograms();
  const sources = await checkSources();
  const web = prepared(ensureWebBuilt);
  const tests = await runVitest(process.argv.slice(2), 60 * 60_000);
  return [sources, web, tests].reduce(sum, nothing);
};

process.exitCode = conclude(await everything(), { requireAll: process.env.REQUIRE_ALL === '1' });
