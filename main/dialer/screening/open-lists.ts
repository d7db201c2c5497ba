import { createHash } from 'node:crypto';
import type { CampaignStatus } from '#shared/contract/index.ts';
import type { DialingMode } from '#shared/domain/index.ts';
import type { ContactRules } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { dialingModeOf, readCampaignSettings } from '../settings/index.ts';
import type { ScreeningMark } from './screening-writes.ts';

/** A list whose entries may be called one day, and what would be asked of the door for them. */
export interface OpenList {
  campaignId: string;
  status: CampaignStatus;
  mode: DialingMode;
  /** E.164 */
  callerId: string | null;
  recordCalls: boolean;
  /** differs whenever the same facts may be answered otherwise */
  revision: string;
}

interface Row {
  campaignId: string;
  status: CampaignStatus;
  settingsJson: string;
  callerId: string | null;
}

/** Lists of campaigns that run, are paused or were never started; running ones first, then the newest. */
export function readOpenLists(read: ReadDb, rules: ContactRules): OpenList[] {
  const firm = revisionOfRules(read, rules);
  return read
    .all<Row>(
      `SELECT c.id AS campaignId, c.status, c.settingsJson, n.e164 AS callerId FROM campaign c
        LEFT JOIN callerId n ON n.id = c.callerIdId AND n.deletedAt IS NULL
        WHERE c.deletedAt IS NULL AND c.status IN ('running','paused','draft')
        ORDER BY c.status = 'running' DESC, c.createdAt DESC, c.id`,
    )
    .map(({ campaignId, status, settingsJson, callerId }) => {
      const settings = readCampaignSettings(settingsJson);
      const { recordCalls } = settings;
      const mode = dialingModeOf(settings.mode);
      const revision = digest([firm, mode, callerId, recordCalls]);
      return { campaignId, status, mode, callerId, recordCalls, revision };
    });
}

/** The packs that ship, and the firm's own packs, reviews and settings, in some characters. */
function revisionOfRules(read: ReadDb, rules: ContactRules): string {
  const settings = read.all<{ id: string; valueJson: string }>(
    `SELECT id, valueJson FROM setting WHERE id >= 'contactRules.' AND id < 'contactRules/' ORDER BY id`,
  );
  const packs = rules.rulesInForce().packs.map(({ id, version, status }) => [id, version, status]);
  const own = read.all(
    `SELECT packId, version FROM ownPack WHERE state = 'inForce' AND deletedAt IS NULL ORDER BY packId, version`,
  );
  const reviews = read.all(
    'SELECT packId, version, packSha256 FROM packReview WHERE revokedAt IS NULL ORDER BY id',
  );
  return digest([packs, settings, own, reviews]);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}

export function readMarks(read: ReadDb): Map<string, ScreeningMark> {
  const rows = read.all<ScreeningMark>(
    'SELECT campaignId, since, startedAt, position, changeSeq, revision FROM campaignScreening',
  );
  return new Map(rows.map((mark) => [mark.campaignId, mark]));
}
