import { AppError } from '#shared/errors/index.ts';
import { openPracticeChannel } from './carrier-channel.ts';
import { CarrierProcess } from './carrier-process.ts';
import type { CarrierReport } from './messages.ts';
import { readCarrierArguments } from './read-arguments.ts';
import { systemClock } from './system-clock.ts';

/**
 * Runs this process as a practice carrier until it is told to stop, its parent goes, or a signal comes. Exit status 1
 * when it cannot start, 2 when its arguments are wrong.
 */
export function runCarrierProcess(args: readonly string[]): void {
  const channel = openPracticeChannel<CarrierReport>();
  let hasStarted = false;
  const carrier = new CarrierProcess({
    clock: systemClock,
    report(message) {
      channel.send(message);
      hasStarted ||= message.type === 'ready';
      if (message.type === 'stopped') leave(0);
      if (message.type === 'failed' && !hasStarted && channel.byHand) leave(1);
    },
  });
  const stop = () => void carrier.handle({ type: 'stop' });
  channel.onMessage((message) => void carrier.handle(message));
  channel.onClosed(stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  startFromArguments(args, carrier);
}

function startFromArguments(args: readonly string[], carrier: CarrierProcess): void {
  try {
    const command = readCarrierArguments(args);
    if (command) void carrier.handle(command);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    leave(2);
  }
}

/** Leaves after what was written has gone out. */
function leave(status: number): void {
  process.exitCode = status;
  setImmediate(() => process.exit(status));
}
