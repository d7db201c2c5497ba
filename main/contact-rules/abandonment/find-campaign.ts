import { contactModes } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { BudgetCampaign } from './campaign-budgets.ts';

interface Row {
  mode: string | null;
  startedAt: number;
}

/** @returns null when there is no such campaign */
export function findBudgetCampaign(db: ReadDb, campaignId: string): BudgetCampaign | null {
  const row = db.get<Row>(
    `SELECT json_extract(settingsJson, '$.mode') AS mode, COALESCE(startedAt, createdAt) AS startedAt
     FROM campaign WHERE id = ? AND deletedAt IS NULL`,
    campaignId,
  );
  if (!row) return null;
  // a mode we do not know is taken for the one with the strictest budgets
  const mode = contactModes.find((known) => known === row.mode) ?? 'predictive';
  return { campaignId, mode, startedAt: row.startedAt };
}
