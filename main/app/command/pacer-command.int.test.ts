import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../entries/command.ts');
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-pacer-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function start(config: unknown) {
  const file = join(directory, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const child = spawn(process.execPath, [program, 'pacer', '--config', file]);
  return { child, exit: once(child, 'exit') };
}

describe('dialdesk pacer', () => {
  it('answers each decide while its input is still open, and ends with it', async () => {
    const { child, exit } = start({ mode: 'progressive', someKeyOfLater: 1 });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.stdin.write('{"at":0,"type":"agent","id":"a1","state":"ready"}\n');
    child.stdin.write('{"at":100,"type":"decide"}\n');
    const first = JSON.parse((await answers.next()).value as string);
    expect(first).toMatchObject({ at: 100, dial: 1, cancel: [], why: { rule: 'progressive' } });
    child.stdin.write('{"at":110,"type":"call","id":"c1","state":"dialing"}\n');
    child.stdin.write('{"at":120,"type":"decide"}\n');
    const second = JSON.parse((await answers.next()).value as string);
    expect(second).toMatchObject({ at: 120, dial: 0 });
    child.stdin.end();
    expect((await exit)[0]).toBe(0);
  });

  it('names a line that it refuses, reads on, and ends with status 1', async () => {
    const { child, exit } = start({ mode: 'progressive' });
    child.stdin.end(
      '{"at":0,"type":"agent","id":"a1","state":"ready"}\n{"at":"soon","type":"decide"}\n{"at":5,"type":"decide"}',
    );
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(JSON.parse(stdout)).toMatchObject({ at: 5, dial: 1 });
    expect(stderr).toContain('line 2');
    expect((await exit)[0]).toBe(1);
  });

  it('refuses a configuration that is none, with status 2', async () => {
    const { child, exit } = start({ mode: 'as-you-like' });
    child.stdin.end();
    const stderr = await text(child.stderr);
    expect(stderr).toContain('mode');
    expect((await exit)[0]).toBe(2);
  });
});
