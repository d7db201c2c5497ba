import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { practiceNumberAt, practiceRanges } from '../contact-rules/index.ts';
import type { ChildProcessPort, SpawnPort } from '../shell/ports.ts';
import type { OpenStore } from '../store/index.ts';
import { loadTrunks, trunkWrites } from '../telephony/trunks/index.ts';

export interface PracticeCarrierOptions {
  spawn: SpawnPort;
  store: OpenStore;
  clock: Clock;
  scenarioFile: string;
  /** JSON lines of every call, for training reports and tests */
  logFile: string | null;
  log(message: string, details?: Record<string, unknown>): void;
}

export interface PracticeCarrierProcess {
  trunkId: string;
  trunkName: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 10_000;
export const PRACTICE_TRUNK_NAME = 'Practice carrier';

/** Starts the bundled carrier and points the practice trunk at it. */
export async function startPracticeCarrier(
  options: PracticeCarrierOptions,
): Promise<PracticeCarrierProcess> {
  const child = options.spawn('practice-carrier');
  const address = await started(options, child);
  const trunkId = await saveTrunk(options.store, address);
  let stopping = false;
  child.onExit((code) => {
    if (!stopping) options.log('practice carrier ended', { code });
  });
  return {
    trunkId,
    trunkName: PRACTICE_TRUNK_NAME,
    stop() {
      stopping = true;
      return child.stop();
    },
  };
}

interface Report {
  type: string;
  host?: string;
  port?: number;
  code?: string;
  message?: string;
}

function started(
  options: PracticeCarrierOptions,
  child: ChildProcessPort,
): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new AppError('practice.carrier-failed', message));
    const cancel = options.clock.setTimer(START_TIMEOUT_MS, () => fail('it did not start in time'));
    child.onExit((code) => {
      cancel();
      fail(`it ended with ${code}`);
    });
    child.onMessage((message) => {
      const report = message as Report;
      if (report.type === 'ready' && report.host !== undefined && report.port !== undefined) {
        cancel();
        resolve({ host: report.host, port: report.port });
      } else if (report.type === 'failed') fail(report.message ?? report.code ?? 'failed');
    });
    child.send({
      type: 'start',
      scenario: options.scenarioFile,
      listen: { host: '127.0.0.1', port: 0 },
      ...(options.logFile === null ? {} : { log: options.logFile }),
    });
  });
}

async function saveTrunk(
  store: OpenStore,
  address: { host: string; port: number },
): Promise<string> {
  const present = loadTrunks(store.read).find((trunk) => trunk.practice);
  const { trunkId } = await store.write(trunkWrites, 'trunk.save', {
    trunkId: present?.trunkId ?? null,
    settings: {
      name: PRACTICE_TRUNK_NAME,
      host: address.host,
      port: address.port,
      authentication: 'address',
      user: 'dialdesk',
      authUser: '',
      domain: '',
      callerIdHeader: 'from',
      numberFormat: 'e164',
      country: 'PL',
      dialPrefix: '',
      codecs: ['pcma', 'pcmu'],
      maxConcurrentCalls: 100,
      localPort: 0,
      nat: { kind: 'none' },
      keepAliveMs: 0,
    },
    password: null,
    enabled: true,
    practice: true,
    callerIds: practiceCallerIds(),
  });
  return trunkId;
}

/** Made-up numbers of the firm, the last of each country's practice range. */
function practiceCallerIds(): { e164: string; label: string }[] {
  const countries = [...new Set(practiceRanges.map((range) => range.country))];
  return countries.map((country) => ({
    e164: practiceNumberAt(country, LAST_OF_RANGE) ?? '',
    label: `Practice ${country}`,
  }));
}

/** Far from the numbers that the sample portfolios use, which count from 0. */
const LAST_OF_RANGE = 999_999;

export function demoScenarioFile(resources: string): string {
  return join(resources, 'practice', 'demo.json');
}
