import { openPracticeChannel } from '../../process/carrier-channel.ts';
import { systemClock } from '../../process/system-clock.ts';
import { type GatewaysReport, gatewaysCommand } from './gateway-messages.ts';
import { type PracticeGateways, startPracticeGateways } from './start-gateways.ts';

/** Runs this process as the practice gateways until it is told to stop, its parent goes, or a signal comes. */
export function runGatewaysProcess(): void {
  const channel = openPracticeChannel<GatewaysReport>();
  let running: Promise<PracticeGateways> | null = null;
  let stopping = false;

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const gateways = await running?.catch(() => null);
    await gateways?.stop();
    channel.send({ type: 'stopped' });
    // What was written goes out first.
    setImmediate(() => process.exit(0));
  };
  const start = async (host: string, seed: number) => {
    if (running !== null) return;
    running = startPracticeGateways({ host, seed, clock: systemClock });
    try {
      const { gateways } = await running;
      channel.send({ type: 'ready', pid: process.pid, gateways });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      channel.send({ type: 'failed', code: 'practice.gateways-failed', message });
      setImmediate(() => process.exit(1));
    }
  };

  channel.onMessage((message) => {
    const command = gatewaysCommand.safeParse(message);
    if (!command.success) return;
    if (command.data.type === 'stop') void stop();
    else void start(command.data.host, command.data.seed);
  });
  channel.onClosed(() => void stop());
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}
