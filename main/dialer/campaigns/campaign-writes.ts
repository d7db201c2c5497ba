import {
  type CampaignSettings,
  type CampaignStatus,
  defaultCampaignSettings,
} from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { adoptEntries, deferEntry, type EntryRefusal, postponeEntry } from '../lists/index.ts';
import { readCampaignSettings } from '../settings/index.ts';
import { type CampaignCommand, nextCampaignStatus } from './campaign-machine.ts';

type Settings = { [Key in keyof CampaignSettings]?: CampaignSettings[Key] | undefined };

interface Create {
  name: string;
  portfolioId: string;
  trunkId: string | null;
  callerIdId: string | null;
  settings: Settings;
  personIds: string[] | null;
}

interface Update {
  campaignId: string;
  name?: string | undefined;
  trunkId?: string | undefined;
  callerIdId?: string | undefined;
  settings?: Settings | undefined;
  personIds?: string[] | undefined;
}

interface CampaignRow {
  id: string;
  status: CampaignStatus;
  settingsJson: string;
  portfolioId: string;
}

/** How many debtors are put on a list in one transaction: short enough for calls to pass between two. */
export const LIST_CHUNK = 2_000;

export const campaignWrites = {
  'campaign.create': (
    db: WriteDb,
    context: WriteContext,
    input: Create,
  ): { campaignId: string } => {
    const portfolio = db.get(
      'SELECT 1 FROM portfolio WHERE id = ? AND deletedAt IS NULL',
      input.portfolioId,
    );
    if (!portfolio) throw new AppError('contract.not-found', 'no such portfolio');
    const campaignId = context.newId();
    db.insert('campaign', {
      id: campaignId,
      name: input.name,
      portfolioId: input.portfolioId,
      trunkId: input.trunkId,
      callerIdId: input.callerIdId,
      status: 'draft',
      settingsJson: JSON.stringify(merged(defaultCampaignSettings, input.settings)),
      personIdsJson: input.personIds === null ? null : JSON.stringify(input.personIds),
      createdAt: context.now,
    });
    return { campaignId };
  },

  /** Puts the next debtors of the portfolio on the list; `more` until all are there. */
  'campaign.fill-list': (
    db: WriteDb,
    context: WriteContext,
    input: { campaignId: string; afterDebtorId: string },
  ): { lastDebtorId: string; more: boolean } => fillList(db, context, input),

  'campaign.update': (db: WriteDb, _context: WriteContext, input: Update): void => {
    const row = load(db, input.campaignId);
    const columns: Record<string, unknown> = {};
    if (input.name !== undefined) columns.name = input.name;
    if (input.trunkId !== undefined) columns.trunkId = input.trunkId;
    if (input.callerIdId !== undefined) columns.callerIdId = input.callerIdId;
    if (input.personIds !== undefined)
      columns.personIdsJson = input.personIds.length === 0 ? null : JSON.stringify(input.personIds);
    if (input.settings !== undefined)
      columns.settingsJson = JSON.stringify(
        merged(readCampaignSettings(row.settingsJson), input.settings),
      );
    if (Object.keys(columns).length > 0) db.update('campaign', row.id, columns);
  },

  'campaign.command': (
    db: WriteDb,
    context: WriteContext,
    input: { campaignId: string; command: CampaignCommand },
  ): { status: CampaignStatus } => {
    const row = load(db, input.campaignId);
    const status = nextCampaignStatus(row.status, input.command);
    if (status === null)
      throw new AppError('campaign.not-now', `a ${row.status} campaign cannot ${input.command}`, {
        details: { status: row.status },
      });
    db.update('campaign', row.id, {
      status,
      ...(status === 'running' ? { startedAt: context.now } : {}),
      ...(status === 'finished' ? { finishedAt: context.now } : {}),
    });
    return { status };
  },

  /** What the rules say of an entry before it is dialed: it stays on its list and waits. */
  'campaign.block-entry': (
    db: WriteDb,
    context: WriteContext,
    input: { entryId: string; refusal: EntryRefusal },
  ): void => deferEntry(db, context, input.entryId, input.refusal),

  /** An agent does not call whom they were offered: the entry goes back to its list. */
  'campaign.skip-offer': (db: WriteDb, context: WriteContext, input: SkipOffer): void =>
    skipOffer(db, context, input),
};

const SKIPPED_FOR_MS = 15 * 60_000;
const HANDLED_FOR_MS = 24 * 3_600_000;

interface SkipOffer {
  entryId: string;
  personId: string;
  reason: 'later' | 'noNumberFits' | 'alreadyHandled' | 'other';
  note: string | null;
}

function skipOffer(db: WriteDb, context: WriteContext, input: SkipOffer): void {
  const { entryId, personId, reason, note } = input;
  const entry = db.get<{ debtorId: string; campaignId: string }>(
    'SELECT debtorId, campaignId FROM contactListEntry WHERE id = ?',
    entryId,
  );
  if (!entry) throw new AppError('preview.gone', 'this entry is not on its list any more');
  const soon = reason === 'later' || reason === 'other';
  const waitMs = soon ? SKIPPED_FOR_MS : HANDLED_FOR_MS;
  postponeEntry(db, context, entryId, context.now + waitMs);
  if (note === null) return;
  const interactionId = context.newId();
  db.insert('interaction', {
    id: interactionId,
    ...entry,
    channel: 'note',
    direction: 'out',
    at: context.now,
    personId,
  });
  db.insert('interactionContent', {
    id: context.newId(),
    interactionId,
    kind: 'note',
    text: note,
  });
}

/** Debtors who are on the list already are passed over: filling again adds those who came since. */
function fillList(
  db: WriteDb,
  context: WriteContext,
  input: { campaignId: string; afterDebtorId: string },
): { lastDebtorId: string; more: boolean } {
  const { portfolioId, settingsJson } = load(db, input.campaignId);
  // Whom the strategy leaves out is known once the list is ranked: until then nobody who may be left out is called.
  const { filter } = readCampaignSettings(settingsJson).strategy;
  const excluded = Object.keys(filter).length > 0;
  const debtors = db.all<{ id: string }>(
    `SELECT id FROM debtor WHERE portfolioId = ? AND deletedAt IS NULL AND id > ? ORDER BY id LIMIT ?`,
    portfolioId,
    input.afterDebtorId,
    LIST_CHUNK,
  );
  let position = nextPosition(db, input.campaignId);
  const chunk = db.beginChunk('campaign.fill-list');
  for (const debtor of debtors) {
    if (isListed(db, input.campaignId, debtor.id)) continue;
    db.insert('contactListEntry', {
      id: context.newId(),
      campaignId: input.campaignId,
      debtorId: debtor.id,
      status: 'pending',
      position,
      excluded,
      updatedAt: context.now,
    });
    position += 1;
  }
  adoptEntries(
    db,
    context,
    input.campaignId,
    debtors.map(({ id }) => id),
  );
  chunk.end();
  return {
    lastDebtorId: debtors.at(-1)?.id ?? input.afterDebtorId,
    more: debtors.length === LIST_CHUNK,
  };
}

function nextPosition(db: WriteDb, campaignId: string): number {
  const row = db.get<{ last: number | null }>(
    'SELECT MAX(position) AS last FROM contactListEntry WHERE campaignId = ?',
    campaignId,
  );
  return (row?.last ?? -1) + 1;
}

function isListed(db: WriteDb, campaignId: string, debtorId: string): boolean {
  return (
    db.get(
      'SELECT 1 FROM contactListEntry WHERE debtorId = ? AND campaignId = ? LIMIT 1',
      debtorId,
      campaignId,
    ) !== undefined
  );
}

function load(db: WriteDb, campaignId: string): CampaignRow {
  const row = db.get<CampaignRow>(
    'SELECT id, status, settingsJson, portfolioId FROM campaign WHERE id = ? AND deletedAt IS NULL',
    campaignId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such campaign');
  return row;
}

function merged(base: CampaignSettings, changes: Settings): CampaignSettings {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  return { ...base, ...given };
}
