import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './lib/run.mjs';
import { runSteps } from './lib/steps.mjs';
import { judge, totalLine } from './lib/test-verdict.mjs';
import { readTotals } from './lib/vitest.mjs';
import { aTree } from './testing/temporary-tree.ts';

function aSuite(
  changes: {
    name?: string;
    code?: number;
    passed?: number;
    failed?: number;
    skipped?: number;
  } = {},
) {
  const { name = 'unit tests', code = 0, passed = 3, failed = 0, skipped = 0 } = changes;
  return { name, code, totals: { passed, failed, skipped } };
}

describe('verdict', () => {
  it('adds the suites up', () => {
    const { totals, complaints } = judge([aSuite(), aSuite({ passed: 2 })], {
      skipIsFailure: true,
    });
    expect(complaints).toEqual([]);
    expect(totalLine(totals)).toBe('total: 5 passed, 0 failed, 0 skipped');
  });

  it('counts a suite that broke without naming a test as one failure', () => {
    const { totals, complaints } = judge([aSuite({ code: 1 })], { skipIsFailure: false });
    expect(totals.failed).toBe(1);
    expect(complaints).toEqual(['unit tests: 1 failed']);
  });

  it('takes a skip, or a suite in which nothing ran, for a failure when told to', () => {
    const results = [aSuite({ skipped: 2 }), aSuite({ name: 'e2e tests', passed: 0 })];
    expect(judge(results, { skipIsFailure: true }).complaints).toEqual([
      'unit tests: 2 skipped',
      'e2e tests: no test ran',
    ]);
    expect(judge(results, { skipIsFailure: false }).complaints).toEqual([]);
  });
});

describe('report of a run', () => {
  it('counts a file that could not be loaded as a failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
      ],
    };
    const root = aTree({ 'unit.json': report });
    expect(readTotals(join(root, 'unit.json'))).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  it('is zero when there is none', () => {
    expect(readTotals('/nowhere/unit.json')).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe('steps', () => {
  it('stop at the first failure and show its output', async () => {
    const lines: string[] = [];
    const passed = await runSteps(
      [
        { name: 'one', run: async () => ({ code: 0, output: 'quiet' }) },
        { name: 'two', run: async () => ({ code: 2, output: 'wrong\n' }) },
        { name: 'three', run: async () => ({ code: 0, output: '' }) },
      ],
      (line) => lines.push(line),
    );
    expect(passed).toBe(false);
    expect(lines.map((line) => line.split(/\s+/).slice(0, 2).join(' '))).toEqual([
      'ok one',
      'FAILED two',
      'wrong',
    ]);
  });
});

describe('steps that keep going', () => {
  it('all run, and the failure is not forgotten', async () => {
    const ran: string[] = [];
    const aStep = (name: string, code: number) => ({
      name,
      run: async () => {
        ran.push(name);
        return { code, output: '' };
      },
    });
    const steps = [aStep('one', 1), aStep('two', 0)];
    expect(await runSteps(steps, () => {}, { keepGoing: true })).toBe(false);
    expect(ran).toEqual(['one', 'two']);
  });
});

describe('running a program', () => {
  it('gives exit status and output', async () => {
    const script = "console.log('out'); process.exit(3)";
    expect(await run(process.execPath, ['-e', script], { capture: true })).toEqual({
      code: 3,
      output: 'out\n',
    });
  });

  it('does not throw when it cannot be started', async () => {
    expect((await run('/nowhere/program', [], { capture: true })).code).toBe(127);
  });

  it('ends one that takes too long', async () => {
    const script = 'setInterval(() => {}, 1000)';
    const { code } = await run(process.execPath, ['-e', script], { capture: true, timeoutMs: 100 });
    expect(code).toBe(128);
  });
});
