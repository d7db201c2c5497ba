import type { ExportColumn, ExportList } from '#shared/contract/index.ts';
import { type Cell, count, instant, text } from '../cell.ts';
import { endOf, PAGE_ROWS, pagesByKey, startOf, type TableSource } from './table-source.ts';

interface AttemptRow {
  id: string;
  reservedAt: number;
  campaign: string | null;
  externalRef: string | null;
  displayName: string | null;
  number: string;
  callerId: string | null;
  mode: string;
  agent: string | null;
  result: string | null;
  disposition: string | null;
  dialedAt: number | null;
  answeredAt: number | null;
  joinedAt: number | null;
  endedAt: number | null;
  endedBy: string | null;
  sipStatus: number | null;
}

/** Attempts that began in a period, in order. */
export function attemptsTable(
  list: Extract<ExportList, { table: 'attempts' }>,
): TableSource<AttemptRow> {
  const { campaignId = null, portfolioId = null } = list;
  return {
    count: () => null,
    pages: (read) =>
      pagesByKey(
        (after: string | null) =>
          read.all<AttemptRow>(
            `SELECT a.id, a.reservedAt, c.name AS campaign, d.externalRef, d.displayName, a.number, a.callerId, a.mode,
               e.displayName AS agent, a.attemptResult AS result, a.dispositionCode AS disposition, a.dialedAt,
               a.answeredAt, a.joinedAt, a.endedAt, a.endedBy, a.sipStatus
             FROM attempt a LEFT JOIN campaign c ON c.id = a.campaignId LEFT JOIN debtor d ON d.id = a.debtorId
               LEFT JOIN person e ON e.id = a.personId
             WHERE a.id > ? AND a.reservedAt >= ? AND a.reservedAt < ?
               AND (? IS NULL OR a.campaignId = ?) AND (? IS NULL OR d.portfolioId = ?)
             ORDER BY a.id LIMIT ${PAGE_ROWS}`,
            after ?? '',
            startOf(list.from),
            endOf(list.to),
            campaignId,
            campaignId,
            portfolioId,
            portfolioId,
          ),
        (row) => row.id,
      ),
    cells: attemptCells,
  };
}

const attemptCells: Readonly<Record<ExportColumn<'attempts'>, (row: AttemptRow) => Cell>> = {
  reservedAt: (row) => instant(row.reservedAt),
  campaign: (row) => text(row.campaign),
  externalRef: (row) => text(row.externalRef),
  displayName: (row) => text(row.displayName),
  number: (row) => text(row.number),
  callerId: (row) => text(row.callerId),
  mode: (row) => text(row.mode),
  agent: (row) => text(row.agent),
  result: (row) => text(row.result),
  disposition: (row) => text(row.disposition),
  dialedAt: (row) => instant(row.dialedAt),
  answeredAt: (row) => instant(row.answeredAt),
  joinedAt: (row) => instant(row.joinedAt),
  endedAt: (row) => instant(row.endedAt),
  talkSeconds: (row) => count(talkSeconds(row)),
  endedBy: (row) => text(row.endedBy),
  sipStatus: (row) => count(row.sipStatus),
};

function talkSeconds({ joinedAt, endedAt }: AttemptRow): number | null {
  return joinedAt === null || endedAt === null ? null : Math.round((endedAt - joinedAt) / 1000);
}

interface AuditRow {
  id: string;
  at: number;
  person: string | null;
  action: string;
  detailsJson: string;
}

export function auditTable(list: Extract<ExportList, { table: 'audit' }>): TableSource<AuditRow> {
  return {
    count: () => null,
    pages: (read) =>
      pagesByKey(
        (after: string | null) =>
          read.all<AuditRow>(
            `SELECT a.id, a.at, coalesce(p.displayName, a.personId) AS person, a.action, a.detailsJson
             FROM auditEntry a LEFT JOIN person p ON p.id = a.personId
             WHERE a.id > ? AND a.at >= ? AND a.at < ? ORDER BY a.id LIMIT ${PAGE_ROWS}`,
            after ?? '',
            startOf(list.from),
            endOf(list.to),
          ),
        (row) => row.id,
      ),
    cells: auditCells,
  };
}

const auditCells: Readonly<Record<ExportColumn<'audit'>, (row: AuditRow) => Cell>> = {
  at: (row) => instant(row.at),
  person: (row) => text(row.person),
  action: (row) => text(row.action),
  details: (row) => text(row.detailsJson === '{}' ? '' : row.detailsJson),
};
