import type { Clock } from '#shared/util/index.ts';
import { importBytes, sampleCsv } from '../debtors/index.ts';
import { campaignWrites } from '../dialer/campaigns/index.ts';
import type { OpenStore, ReadDb } from '../store/index.ts';
import { loadTrunks } from '../telephony/trunks/index.ts';
import type { DemoDebtor } from './demo-history.ts';
import { demoWrites } from './demo-writes.ts';
import { readSetting, settingWrites } from './setting-writes.ts';

export const DEMO_PORTFOLIO_NAME = 'Demo portfolio';
export const DEMO_CAMPAIGN_NAME = 'Demo campaign';
const DEMO_CREDITOR_NAME = 'Made-up creditors';
const DEMO_DEBTORS = 120;
const DEMO_SEED = 20_261;
const DONE = 'demo/seeded';

/**
 * Fills an empty practice store with a made-up portfolio, some history and a campaign that only has to be started.
 * Each step finds what an earlier run left behind, so a crash in the middle is made good by the next start; once done,
 * or when the store holds other portfolios, it does nothing, whatever the owner deletes later.
 */
export async function seedDemo(store: OpenStore, clock: Clock): Promise<void> {
  if (store.meta.storeKind !== 'practice' || readSetting(store.read, DONE) === true) return;
  if (hasOtherWork(store.read)) return;
  const portfolioId = await importDemoPortfolio(store, clock);
  const made = { debtors: demoDebtors(store.read, portfolioId), personId: ownerOf(store.read) };
  await store.write(demoWrites, 'demo.write-history', made);
  await store.write(demoWrites, 'demo.write-work', made);
  await createDemoCampaign(store, portfolioId);
  await store.write(settingWrites, 'setting.set', { id: DONE, value: true });
}

function hasOtherWork(db: ReadDb): boolean {
  return (
    db.get('SELECT 1 FROM portfolio WHERE name <> ? LIMIT 1', DEMO_PORTFOLIO_NAME) !== undefined
  );
}

async function importDemoPortfolio(store: OpenStore, clock: Clock): Promise<string> {
  const today = new Date(startedOn(store.read) ?? clock.now()).toISOString().slice(0, 10);
  const pieces = sampleCsv(
    { seed: DEMO_SEED, language: 'mixed', asOf: today, encoding: 'utf-8' },
    { debtors: DEMO_DEBTORS },
  );
  const { portfolioId } = await importBytes({
    store,
    storeKind: 'practice',
    bytes: Buffer.concat([...pieces]),
    fileName: 'demo-portfolio-made-up.csv',
    portfolioName: DEMO_PORTFOLIO_NAME,
    creditorName: DEMO_CREDITOR_NAME,
    thisYear: Number(today.slice(0, 4)),
  });
  return portfolioId;
}

/** The day of the first try: the next one, perhaps after midnight, makes the same debtors. */
function startedOn(db: ReadDb): number | null {
  const row = db.get<{ createdAt: number }>(
    'SELECT createdAt FROM portfolio WHERE name = ? LIMIT 1',
    DEMO_PORTFOLIO_NAME,
  );
  return row?.createdAt ?? null;
}

function demoDebtors(db: ReadDb, portfolioId: string): DemoDebtor[] {
  return db.all<DemoDebtor>(
    `SELECT d.id AS debtorId, d.language, b.id AS debtId, b.currency, b.paidMinor, b.balanceMinor,
        (SELECT value FROM contactPoint c WHERE c.debtorId = d.id AND c.kind <> 'email' ORDER BY rank LIMIT 1) AS phone,
        (SELECT id FROM contactPoint c WHERE c.debtorId = d.id AND c.kind <> 'email' ORDER BY rank LIMIT 1) AS contactPointId,
        (SELECT value FROM contactPoint c WHERE c.debtorId = d.id AND c.kind = 'email' LIMIT 1) AS email
       FROM debtor d JOIN debt b ON b.debtorId = d.id
      WHERE d.portfolioId = ? AND d.deletedAt IS NULL GROUP BY d.id ORDER BY d.externalRef`,
    portfolioId,
  );
}

/** Who the history says did it: the person that the store was made for. */
function ownerOf(db: ReadDb): string | null {
  const row = db.get<{ id: string }>(
    "SELECT id FROM person WHERE deletedAt IS NULL AND role <> 'machine' ORDER BY createdAt, id LIMIT 1",
  );
  return row?.id ?? null;
}

async function createDemoCampaign(store: OpenStore, portfolioId: string): Promise<void> {
  const known = store.read.get<{ id: string }>(
    'SELECT id FROM campaign WHERE portfolioId = ? AND deletedAt IS NULL LIMIT 1',
    portfolioId,
  );
  const campaignId = known?.id ?? (await newCampaign(store, portfolioId));
  let afterDebtorId = '';
  for (let more = true; more; ) {
    const input = { campaignId, afterDebtorId };
    const filled = await store.write(campaignWrites, 'campaign.fill-list', input);
    more = filled.more;
    afterDebtorId = filled.lastDebtorId;
  }
}

async function newCampaign(store: OpenStore, portfolioId: string): Promise<string> {
  const trunkId = loadTrunks(store.read).find((trunk) => trunk.practice)?.trunkId ?? null;
  const { campaignId } = await store.write(campaignWrites, 'campaign.create', {
    name: DEMO_CAMPAIGN_NAME,
    portfolioId,
    trunkId,
    callerIdId: trunkId === null ? null : callerIdOf(store.read, trunkId),
    settings: {},
    personIds: null,
  });
  return campaignId;
}

/** A Polish number, as half of the debtors are: people rather pick up for a number of their own country. */
function callerIdOf(db: ReadDb, trunkId: string): string | null {
  const row = db.get<{ id: string }>(
    "SELECT id FROM callerId WHERE trunkId = ? AND deletedAt IS NULL ORDER BY e164 LIKE '+48%' DESC, id LIMIT 1",
    trunkId,
  );
  return row?.id ?? null;
}
