import type { LetterBody, LetterTemplate } from '#shared/contract/index.ts';
import { letterBody } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { ReadDb } from '../../../store/types.ts';

export type Template = Unbranded<LetterTemplate>;

interface Row extends Omit<Template, 'body' | 'sample'> {
  sample: number;
  bodyJson: string;
}

const COLUMNS = `t.id AS letterTemplateId, t.name, t.kind, t.language, t.version, t.sample, t.updatedAt,
  p.displayName AS updatedBy, t.bodyJson`;
const FROM = 'letterTemplate t LEFT JOIN person p ON p.id = t.personId';

export function listTemplates(
  read: ReadDb,
  { kind, language }: { kind?: string | undefined; language?: string | undefined },
): Template[] {
  return read
    .all<Row>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE t.deletedAt IS NULL
         AND (? IS NULL OR t.kind = ?) AND (? IS NULL OR t.language = ?)
       ORDER BY t.language, t.kind, t.name, t.id`,
      kind ?? null,
      kind ?? null,
      language ?? null,
      language ?? null,
    )
    .map(toTemplate);
}

/** @throws AppError `contract.not-found` */
export function loadTemplate(read: ReadDb, letterTemplateId: string): Template {
  const row = read.get<Row>(
    `SELECT ${COLUMNS} FROM ${FROM} WHERE t.id = ? AND t.deletedAt IS NULL`,
    letterTemplateId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such template');
  return toTemplate(row);
}

/** The newest first. */
export function listVersions(read: ReadDb, letterTemplateId: string) {
  return read
    .all<{ version: number; name: string; at: number; by: string | null; bodyJson: string }>(
      `SELECT v.version, v.name, v.at, p.displayName AS by, v.bodyJson FROM letterTemplateVersion v
         LEFT JOIN person p ON p.id = v.personId
       WHERE v.letterTemplateId = ? ORDER BY v.version DESC`,
      letterTemplateId,
    )
    .map(({ bodyJson, ...version }) => ({ ...version, body: parseBody(bodyJson) }));
}

function toTemplate({ bodyJson, sample, ...row }: Row): Template {
  return { ...row, sample: sample === 1, body: parseBody(bodyJson) };
}

/** Fills in what an older version of the program did not know. */
function parseBody(bodyJson: string): LetterBody {
  return letterBody.parse(JSON.parse(bodyJson));
}
