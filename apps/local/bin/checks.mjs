// The checks that need no server, and Vitest, as steps whose outcome can be counted. Builtins only: see bootstrap.mjs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pinnedNode, root } from './bootstrap.mjs';

/** Counts of what was tried; `skippedNames` has one entry for each skipped test. */
export const nothing = { passed: 0, failed: 0, skipped: 0, skippedNames: [] };
export const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  skippedNames: [...a.skippedNames, ...b.skippedNames],
});

// Programs of the tools themselves, for the .bin shims need a shell and say less when they fail.
const tool = (...path) => join(root, 'node_modules', ...path);
const typescript = [tool('typescript', 'bin', 'tsc'), '--pretty', 'false'];
const lint = ['Format and lint', [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.']];
const types = [
  ['Types', [...typescript, '-p', '.']],
  ['Types of the dashboard', [...typescript, '-p', 'apps/web']],
];
const deadCode = ['Dead code', [tool('knip', 'bin', 'knip.js'), '--no-progress']];

const childEnv = () => ({
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
});

/** Runs on the pinned Node; ends it after `limitMs`. Answers its exit code (null when it had to be ended) and output. */
const run = (args, limitMs, stdio) =>
  new Promise((resolve) => {
    const child = spawn(pinnedNode(), args, { cwd: root, env: childEnv(), stdio });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const limit = setTimeout(() => child.kill('SIGTERM'), limitMs);
    const hardLimit = setTimeout(() => child.kill('SIGKILL'), limitMs + 15_000);
    const end = (code, text) => {
      clearTimeout(limit);
      clearTimeout(hardLimit);
      resolve({ code, output: text });
    };
    child.once('error', (error) => end(null, error.message));
    child.once('close', (code) => end(code, output));
  });

const check = async ([name, args]) => {
  const began = Date.now();
  const { code, output } = await run(args, 300_000, ['ignore', 'pipe', 'pipe']);
  const took = `${((Date.now() - began) / 1000).toFixed(1)} s`;
  process.stdout.write(code === 0 ? `✓ ${name} (${took})\n` : `✗ ${name} (${took})\n${output}\n`);
  return code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
};

const checkAll = async (list) => (await Promise.all(list.map(check))).reduce(sum, nothing);

/** Type-checks the packages and the dashboard. */
export const checkTypes = () => checkAll(types);

/** Format, lint, types and dead code, at once; each counts as one. */
export const checkSources = () => checkAll([lint, ...types, deadCode]);

const titleOf = (file, test) => `${file.name.replace(`${root}/`, '')} › ${test.fullName.trim()}`;

/** Counts what Vitest's JSON reporter wrote. A file that could not even be loaded is one failure. */
const countsOf = ({ testResults }) => {
  const tests = testResults.flatMap((file) => file.assertionResults.map((test) => ({ file, test })));
  const count = (...states) => tests.filter(({ test }) => states.includes(test.status));
  const passed = count('passed').length;
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const skipped = tests.filter(({ test }) => !['passed', 'failed'].includes(test.status));
  return {
    passed,
    failed: count('failed').length + unloaded,
    skipped: skipped.length,
    skippedNames: skipped.map(({ file, test }) => titleOf(file, test)),
  };
};

/** Runs Vitest with its own output and answers the counts; a run that fails without a failed test is one failure. */
export const runVitest = async (args, limitMs) => {
  const dir = mkdtempSync(join(tmpdir(), 'farwatch-test-'));
  try {
    const report = join(dir, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await run([tool('vitest', 'vitest.mjs'), 'run', ...reporters, ...args], limitMs, 'inherit');
    if (code === null) process.stdout.write(`✗ Vitest was ended after ${limitMs / 60_000} minutes\n`);
    const counts = countsOf(JSON.parse(readFileSync(report, 'utf8')));
    return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch (error) {
    process.stdout.write(`✗ Vitest left no report: ${error.message}\n`);
    return { ...nothing, failed: 1 };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** Names what was skipped, says the last line and answers the exit code. */
export const conclude = ({ passed, failed, skipped, skippedNames }, { requireAll = false } = {}) => {
  const say = (line) => process.stdout.write(`${line}\n`);
  if (skipped > 0) say(`\nSkipped:${skippedNames.map((name) => `\n  - ${name}`).join('')}`);
  const missing = requireAll && skipped > 0;
  if (missing) say('\nREQUIRE_ALL=1: what was skipped counts as failed.');
  const counts = missing ? [passed, failed + skipped, 0] : [passed, failed, skipped];
  say(`\n${counts[0]} passed, ${counts[1]} failed, ${counts[2]} skipped`);
  return counts[1] === 0 ? 0 : 1;
};
