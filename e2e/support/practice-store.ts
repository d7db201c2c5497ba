import { join } from 'node:path';
import type { CampaignSettings, TrunkSettings } from '#shared/contract/index.ts';
import { practiceNumberAt } from '../../main/contact-rules/index.ts';
import {
  addInteractionContent,
  insertInteraction,
} from '../../main/debtors/history/interaction-writes.ts';
import { insertPortfolio } from '../../main/debtors/writes/portfolio-writes.ts';
import {
  upsertContactPoint,
  upsertDebt,
  upsertDebtor,
} from '../../main/debtors/writes/upsert-debtor.ts';
import { campaignWrites } from '../../main/dialer/campaigns/campaign-writes.ts';
import { createBatchRunner } from '../../main/store/connection/batch-runner.ts';
import {
  createIdSource,
  createReadDb,
  createStore,
  databaseFile,
  openConnection,
  practiceKeyFile,
  type ReadDb,
  readStoreFile,
  systemClock,
  systemRandom,
  type WriteContext,
  type WriteDb,
} from '../../main/store/index.ts';
import { obtainKey } from '../../main/store/keys/key-provider.ts';
import { trunkWrites } from '../../main/telephony/trunks/trunk-writes.ts';

export interface PracticeStoreOptions {
  dataDir: string;
  debtors: number;
  carrierPort: number;
  settings: Partial<CampaignSettings>;
  /** earlier notes in each debtor's history; none unless told */
  interactions?: number;
}

/**
 * Makes a practice store with one portfolio, a trunk to a carrier on loopback, and a campaign that has not begun. Written
 * directly, through the product's own writes, so that a test needs no import.
 */
export async function preparePracticeStore(
  options: PracticeStoreOptions,
): Promise<{ campaignId: string; trunkId: string }> {
  const { dataDir } = options;
  await createStore({ dataDir, storeKind: 'practice', keyProvider: keyProviderOf(dataDir) });
  const database = openConnection({ ...(await placeOf(dataDir)), role: 'writer' });
  try {
    const runner = createBatchRunner({
      database,
      writes: {},
      clock: systemClock,
      ids: createIdSource(systemClock, systemRandom),
    });
    return runner.runNow((db, context) => fill(db, context, options));
  } finally {
    database.close();
  }
}

/** A second, read-only look at a store, of an engine that runs or does not. */
export async function readPracticeStore(dataDir: string): Promise<{ read: ReadDb; close(): void }> {
  const database = openConnection({ ...(await placeOf(dataDir)), role: 'reader' });
  return { read: createReadDb(database), close: () => database.close() };
}

function keyProviderOf(dataDir: string) {
  return { kind: 'keyFile', path: practiceKeyFile(dataDir) } as const;
}

async function placeOf(dataDir: string): Promise<{ file: string; keyHex: string }> {
  const storeFile = readStoreFile(dataDir);
  if (!storeFile) throw new Error(`no store in ${join(dataDir)}`);
  const key = await obtainKey(storeFile, keyProviderOf(dataDir));
  return { file: databaseFile(dataDir), keyHex: Buffer.from(key).toString('hex') };
}

function fill(db: WriteDb, context: WriteContext, options: PracticeStoreOptions) {
  const portfolioId = insertPortfolio(db, context, {
    name: 'Practice',
    creditorName: 'Kredyt SA',
    synthetic: true,
  });
  for (let index = 0; index < options.debtors; index += 1)
    addDebtor(db, context, portfolioId, { index, interactions: options.interactions ?? 0 });
  const { trunkId } = trunkWrites['trunk.save'](db, context, {
    trunkId: null,
    settings: trunkTo(options.carrierPort),
    password: null,
    enabled: true,
    practice: true,
    callerIds: [{ e164: practiceNumberAt('PL', 999_999) ?? '', label: 'Practice' }],
  });
  const callerId = db.get<{ id: string }>('SELECT id FROM callerId LIMIT 1');
  const { campaignId } = campaignWrites['campaign.create'](db, context, {
    name: 'Practice campaign',
    portfolioId,
    trunkId,
    callerIdId: callerId?.id ?? null,
    settings: options.settings,
    personIds: null,
  });
  campaignWrites['campaign.fill-list'](db, context, { campaignId, afterDebtorId: '' });
  return { campaignId, trunkId };
}

function addDebtor(
  db: WriteDb,
  context: WriteContext,
  portfolioId: string,
  { index, interactions }: { index: number; interactions: number },
): void {
  const debtor = upsertDebtor(db, context, {
    portfolioId,
    externalRef: `P-${index}`,
    kind: 'person',
    displayName: `Jan Kowalski ${index}`,
    givenName: 'Jan',
    familyName: `Kowalski ${index}`,
    language: 'en',
    jurisdiction: 'PL',
    timeZones: ['Europe/Warsaw'],
    synthetic: true,
  });
  upsertDebt(db, context, {
    debtorId: debtor.id,
    portfolioId,
    externalRef: `L-${index}`,
    creditorName: 'Kredyt SA',
    debtKind: 'loan',
    currency: 'PLN',
    principalMinor: 100_000 + index,
    balanceMinor: 100_000 + index,
  });
  upsertContactPoint(db, context, {
    debtorId: debtor.id,
    kind: 'mobile',
    value: practiceNumberAt('PL', index) ?? '',
    timeZones: ['Europe/Warsaw'],
  });
  for (let note = 0; note < interactions; note += 1) {
    const interactionId = insertInteraction(db, context, {
      debtorId: debtor.id,
      channel: 'note',
      direction: 'out',
      synthetic: true,
    });
    addInteractionContent(db, context, interactionId, 'note', `Spoke about instalment ${note}.`);
  }
}

function trunkTo(port: number): TrunkSettings {
  return {
    name: 'Practice carrier',
    host: '127.0.0.1',
    port,
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
  };
}
