import { z } from 'zod';
import { gatewaySettings } from '#shared/contract/index.ts';
import { gatewayId } from '#shared/domain/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { gatewayWrites } from '../channels/gateways/index.ts';
import type { ChildProcessPort, SpawnPort } from '../shell/ports.ts';
import type { OpenStore } from '../store/index.ts';

export interface PracticeGatewaysOptions {
  spawn: SpawnPort;
  store: Pick<OpenStore, 'read' | 'write'>;
  clock: Clock;
  log(message: string, details?: Record<string, unknown>): void;
}

export interface PracticeGatewaysProcess {
  /** Told when a later start has given gateways other ports. */
  onMoved(listener: (gatewayIds: readonly string[]) => void): void;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 15_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A process that ran for so long was well: the next pause is short again. */
const WELL_AFTER_MS = 60_000;

const record = z.record(z.string(), z.unknown());
const report = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    gateways: z.array(
      z.object({
        gatewayId,
        settings: record,
        address: record,
        secrets: z.record(z.string(), z.string()),
        enabled: z.boolean(),
      }),
    ),
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
  z.object({ type: z.literal('stopped') }),
]);
type Ready = Extract<z.infer<typeof report>, { type: 'ready' }>;

/**
 * Starts the bundled gateways of a practice store and points their rows at them. Resolves when they run; when they do not
 * start, that is logged and tried again, for an engine without gateways is still good for calls.
 */
export async function startPracticeGateways(
  options: PracticeGatewaysOptions,
): Promise<PracticeGatewaysProcess> {
  const keeper = new GatewaysKeeper(options);
  await keeper.start();
  return keeper;
}

class GatewaysKeeper implements PracticeGatewaysProcess {
  readonly #options: PracticeGatewaysOptions;
  #child: ChildProcessPort | null = null;
  #listener: (gatewayIds: readonly string[]) => void = () => {};
  #pauseMs = FIRST_PAUSE_MS;
  #cancel: (() => void) | null = null;
  #stopping = false;

  constructor(options: PracticeGatewaysOptions) {
    this.#options = options;
  }

  onMoved(listener: (gatewayIds: readonly string[]) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    const { spawn, clock, log } = this.#options;
    const child = spawn('practice-gateways');
    const startedAt = clock.monotonic();
    this.#child = child;
    child.onExit((code) => {
      if (this.#child !== child) return;
      this.#child = null;
      if (this.#stopping) return;
      log('practice gateways ended', { code });
      if (clock.monotonic() - startedAt >= WELL_AFTER_MS) this.#pauseMs = FIRST_PAUSE_MS;
      this.#again();
    });
    try {
      const { gateways } = await ready(child, clock);
      this.#listener(await this.#save(gateways));
    } catch (error) {
      log('practice gateways did not start', { error: String(error) });
      // One that hangs would keep its ports; its end starts the next.
      await child.stop();
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#cancel?.();
    await this.#child?.stop();
  }

  #again(): void {
    this.#cancel = this.#options.clock.setTimer(this.#pauseMs, () => void this.start());
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** What a person has changed of a row stays; what was removed stays away. */
  async #save(gateways: Ready['gateways']): Promise<string[]> {
    const { store } = this.#options;
    const saved: string[] = [];
    for (const gateway of gateways) {
      const known = store.read.get<{
        settingsJson: string;
        enabled: number;
        deletedAt: number | null;
      }>('SELECT settingsJson, enabled, deletedAt FROM gateway WHERE id = ?', gateway.gatewayId);
      if (known !== undefined && known.deletedAt !== null) continue;
      const before = known === undefined ? {} : (JSON.parse(known.settingsJson) as object);
      await store.write(gatewayWrites, 'gateway.save-row', {
        gatewayId: gateway.gatewayId,
        settings: gatewaySettings.parse({ ...gateway.settings, ...before, ...gateway.address }),
        secrets: gateway.secrets,
        enabled: known === undefined ? gateway.enabled : known.enabled === 1,
        practice: true,
      });
      saved.push(gateway.gatewayId);
    }
    return saved;
  }
}

function ready(child: ChildProcessPort, clock: Clock): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const fail = (message: string) => {
      cancel();
      reject(new Error(message));
    };
    const cancel = clock.setTimer(START_TIMEOUT_MS, () => fail('they did not start in time'));
    child.onExit((code) => fail(`they ended with ${code}`));
    child.onMessage((message) => {
      const said = report.safeParse(message);
      if (!said.success) return;
      if (said.data.type === 'ready') {
        cancel();
        resolve(said.data);
      } else if (said.data.type === 'failed') fail(said.data.message);
    });
    child.send({ type: 'start' });
  });
}
