import type { StoreKind } from '#shared/domain/index.ts';
import type { ContractAddress, ContractServer } from '../contract-server/index.ts';
import type { SpawnPort } from '../shell/ports.ts';
import type { KeyProvider, OpenStore } from '../store/index.ts';
import type { LogLevel } from './logger.ts';

export interface EngineOptions {
  dataDir: string;
  keyProvider: KeyProvider;
  spawn: SpawnPort;
  /** 127.0.0.1 and any free port unless told */
  listen: { host: string; port: number };
  version: string;
  logLevel: LogLevel;
  /** the built renderer; absent: the shell serves it */
  staticRoot: string | null;
  /** further origins whose pages are ours (Electron's own scheme) */
  origins: readonly string[];
  /** restarts the engine on the other store; null where no shell can */
  openOtherStore: ((storeKind: StoreKind) => Promise<void>) | null;
  /** starts the bundled carrier in a practice store */
  practiceCarrier: boolean;
  /** starts the bundled gateways of messages in a practice store */
  practiceGateways: boolean;
  practiceLogFile: string | null;
  /** what the bundled carrier's debtors do, instead of the demo; absent or null = the demo */
  practiceScenarioFile?: string | null;
  /** puts the demo portfolio and a campaign into an empty practice store */
  demo: boolean;
  /** name of the person who owns a new store */
  ownerName: string;
  /** the engine cannot go on */
  onFatal(code: string, message: string): void;
}

export interface Engine {
  readonly address: ContractAddress;
  readonly storeKind: StoreKind;
  readonly tokenFile: string;
  readonly store: OpenStore;
  readonly server: ContractServer;
  issueWindowLogin(personId?: string): Promise<{ keyId: string; code: string }>;
  /** the machine sleeps or wakes: clocks may jump */
  power(event: 'suspend' | 'resume'): void;
  onLinesUp(listener: (count: number) => void): () => void;
  stop(): Promise<void>;
}
