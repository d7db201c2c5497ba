import { createInterface } from 'node:readline';
import { findUtilityParent, type UtilityParent } from '../../shell/utility/utility-parent.ts';

/** What a practice process tells its parent. */
interface AnyReport {
  type: string;
  message?: string;
}

/** Where commands come from and reports go to. */
export interface PracticeChannel<Report extends AnyReport> {
  /** by hand: lines of JSON on stdin and stdout */
  readonly byHand: boolean;
  send(report: Report): void;
  onMessage(listener: (message: unknown) => void): void;
  /** the parent is gone */
  onClosed(listener: () => void): void;
}

/** The parent's port under Electron or `child_process`, else standard input and output. */
export function openPracticeChannel<Report extends AnyReport>(): PracticeChannel<Report> {
  const parent = findUtilityParent();
  if (parent) return fromUtilityParent(parent);
  return process.send ? fromChildProcess() : fromConsole();
}

function fromUtilityParent(parent: UtilityParent): PracticeChannel<AnyReport> {
  return {
    byHand: false,
    send: (report) => parent.send(report),
    onMessage: (listener) => parent.onMessage(listener),
    onClosed: (listener) => parent.onGone(listener),
  };
}

function fromChildProcess(): PracticeChannel<AnyReport> {
  return {
    byHand: false,
    send: (report) => void process.send?.(report, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
    onClosed: (listener) => void process.once('disconnect', listener),
  };
}

function fromConsole(): PracticeChannel<AnyReport> {
  return {
    byHand: true,
    send(report) {
      const stream = report.type === 'failed' ? process.stderr : process.stdout;
      const text = report.type === 'failed' ? (report.message ?? '') : JSON.stringify(report);
      stream.write(`${text}\n`);
    },
    onMessage(listener) {
      createInterface({ input: process.stdin }).on('line', (line) => listener(readLine(line)));
    },
    onClosed: () => {},
  };
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
