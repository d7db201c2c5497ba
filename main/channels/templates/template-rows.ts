import {
  type MessageChannel,
  type MessageTemplate,
  type TemplateBody,
  templateBody,
} from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';

export type TemplateRow = Omit<Unbranded<MessageTemplate>, 'discloses' | 'body'> & {
  body: TemplateBody;
};

interface StoredRow extends Omit<TemplateRow, 'sample' | 'body'> {
  sample: number;
  bodyJson: string;
}

const SELECT = `SELECT t.id AS templateId, t.channel, t.name, t.state, t.version, t.sample, t.position, t.bodyJson,
  t.updatedAt, p.displayName AS updatedBy FROM template t LEFT JOIN person p ON p.id = t.personId`;

/** In the order in which they are offered. */
export function listTemplates(read: ReadDb, channel: MessageChannel | null): TemplateRow[] {
  return read
    .all<StoredRow>(
      `${SELECT} WHERE t.deletedAt IS NULL AND (? IS NULL OR t.channel = ?) ORDER BY t.channel, t.position, t.name, t.id`,
      channel,
      channel,
    )
    .map(toTemplate);
}

/** @throws AppError `contract.not-found` */
export function loadTemplate(read: ReadDb, templateId: string): TemplateRow {
  const row = read.get<StoredRow>(`${SELECT} WHERE t.id = ? AND t.deletedAt IS NULL`, templateId);
  if (!row) throw new AppError('contract.not-found', 'no such template');
  return toTemplate(row);
}

/** The newest first. */
export function listVersions(read: ReadDb, templateId: string) {
  return read
    .all<{ version: number; name: string; at: number; by: string | null; bodyJson: string }>(
      `SELECT v.version, v.name, v.at, p.displayName AS by, v.bodyJson FROM templateVersion v
         LEFT JOIN person p ON p.id = v.personId
       WHERE v.templateId = ? ORDER BY v.version DESC`,
      templateId,
    )
    .map(({ bodyJson, ...version }) => ({ ...version, body: parseBody(bodyJson) }));
}

/** Which version is in use; null: none, or it was retired. */
export function versionInUse(
  read: ReadDb,
  templateId: string,
): { channel: MessageChannel; version: number } | null {
  const row = read.get<{ channel: MessageChannel; version: number }>(
    `SELECT channel, version FROM template
     WHERE id = ? AND deletedAt IS NULL AND version > 0 AND state IN ('published', 'edited')`,
    templateId,
  );
  return row ?? null;
}

export interface UsedTemplate {
  templateId: string;
  version: number;
  sample: number;
  position: number;
}

/** Every template of a channel that is in use, in its order. */
export function templatesInUse(read: ReadDb, channel: MessageChannel): UsedTemplate[] {
  return read.all(
    `SELECT id AS templateId, version, sample, position FROM template
     WHERE channel = ? AND deletedAt IS NULL AND version > 0 AND state IN ('published', 'edited')
     ORDER BY position, name, id`,
    channel,
  );
}

export function loadVersion(
  read: ReadDb,
  templateId: string,
  version: number,
): { name: string; body: TemplateBody } | null {
  const row = read.get<{ name: string; bodyJson: string }>(
    'SELECT name, bodyJson FROM templateVersion WHERE templateId = ? AND version = ? ORDER BY id LIMIT 1',
    templateId,
    version,
  );
  return row ? { name: row.name, body: parseBody(row.bodyJson) } : null;
}

function toTemplate({ bodyJson, sample, ...row }: StoredRow): TemplateRow {
  return { ...row, sample: sample === 1, body: parseBody(bodyJson) };
}

/** Fills in what an older version of the program did not know. */
function parseBody(bodyJson: string): TemplateBody {
  return templateBody.parse(JSON.parse(bodyJson));
}
