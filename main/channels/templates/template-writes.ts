import type { MessageChannel, TemplateBody } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import { LETTERHEAD_SETTING } from '../../debtors/documents/letterhead-setting.ts';
import type { ReadDb, WriteContext, WriteDb, WriteMap } from '../../store/types.ts';

export interface SaveTemplate {
  /** null: a new one */
  templateId: string | null;
  /** of what was read; null: whatever is there is written over */
  updatedAt: number | null;
  channel: MessageChannel;
  name: string;
  /** null: as it was; of a new one: the last */
  position: number | null;
  body: TemplateBody;
  personId: string | null;
}

/** One that comes with the program. */
export interface SampleTemplate {
  templateId: string;
  channel: MessageChannel;
  name: string;
  position: number;
  body: TemplateBody;
}

/** Writes of templates, for the writer thread. */
export const templateWrites = {
  'template.save': saveTemplate,
  'template.publish': publishTemplate,
  'template.retire': retireTemplate,
  'template.seed': seedTemplates,
} satisfies WriteMap;

interface Row {
  channel: MessageChannel;
  name: string;
  state: string;
  version: number;
  updatedAt: number;
  bodyJson: string;
}

/**
 * What is being written. The version in use stays as it is until it is published.
 * @throws AppError `contract.not-found`; `template.changed`: somebody saved in between; `template.invalid`: another channel
 */
function saveTemplate(
  db: WriteDb,
  context: WriteContext,
  input: SaveTemplate,
): { templateId: string } {
  const { templateId, channel, name, position, body, personId } = input;
  const bodyJson = JSON.stringify(body);
  const common = { name, bodyJson, language: body.defaultLanguage, sample: false, personId };
  if (templateId === null) {
    const id = context.newId();
    db.insert('template', {
      ...{ id, channel, ...common, state: 'draft', version: 0, updatedAt: context.now },
      position: position ?? nextPosition(db, channel),
    });
    return { templateId: id };
  }
  const known = requireTemplate(db, templateId, input.updatedAt);
  if (known.channel !== channel) {
    throw new AppError('template.invalid', 'the channel of a template is fixed');
  }
  db.update('template', templateId, {
    ...common,
    ...(position === null ? {} : { position }),
    state: stateAfterSave(db, templateId, known, { name, bodyJson }),
    updatedAt: laterThan(known.updatedAt, context.now),
  });
  return { templateId };
}

function stateAfterSave(
  db: WriteDb,
  templateId: string,
  known: Row,
  written: { name: string; bodyJson: string },
): string {
  if (known.state !== 'published' && known.state !== 'edited') return 'draft';
  const used = db.get<{ name: string; bodyJson: string }>(
    'SELECT name, bodyJson FROM templateVersion WHERE templateId = ? AND version = ?',
    templateId,
    known.version,
  );
  const isSame = used?.name === written.name && used.bodyJson === written.bodyJson;
  return isSame ? 'published' : 'edited';
}

/**
 * What is being written becomes the version in use. Whether it may is for the caller to have checked, of this very text.
 * @throws AppError `contract.not-found`, `template.changed`
 */
function publishTemplate(
  db: WriteDb,
  context: WriteContext,
  input: { templateId: string; updatedAt: number; personId: string | null },
): { version: number } {
  const { templateId, personId } = input;
  const known = requireTemplate(db, templateId, input.updatedAt);
  const version = nextVersion(db, templateId);
  addVersion(db, context, {
    templateId,
    version,
    name: known.name,
    bodyJson: known.bodyJson,
    personId,
  });
  db.update('template', templateId, {
    ...{ state: 'published', version, personId },
    updatedAt: laterThan(known.updatedAt, context.now),
  });
  insertAuditEntry(db, context, {
    action: 'template.published',
    personId,
    details: { templateId, version },
  });
  return { version };
}

function retireTemplate(
  db: WriteDb,
  context: WriteContext,
  { templateId, personId }: { templateId: string; personId: string | null },
): void {
  const known = requireTemplate(db, templateId, null);
  if (known.state === 'retired') return;
  const updatedAt = laterThan(known.updatedAt, context.now);
  db.update('template', templateId, { state: 'retired', updatedAt, personId });
  insertAuditEntry(db, context, { action: 'template.retired', personId, details: { templateId } });
}

/**
 * The samples of this version of the program: in practice in use at once, else drafts that a firm has to read first. Those
 * that a firm saved, published or retired stay as they are.
 */
function seedTemplates(
  db: WriteDb,
  context: WriteContext,
  { samples, publish }: { samples: readonly SampleTemplate[]; publish: boolean },
): void {
  if (publish) seedPracticeFirm(db, context);
  for (const { templateId: id, body, ...columns } of samples) {
    const bodyJson = JSON.stringify(body);
    const known = db.get<{
      bodyJson: string;
      sample: number;
      personId: string | null;
      deletedAt: number | null;
    }>('SELECT bodyJson, sample, personId, deletedAt FROM template WHERE id = ?', id);
    if (known && (known.sample === 0 || known.personId !== null || known.deletedAt !== null))
      continue;
    if (known?.bodyJson === bodyJson) continue;
    const version = publish ? nextVersion(db, id) : 0;
    const row = {
      ...{ ...columns, bodyJson, language: body.defaultLanguage, sample: true, version },
      ...{ state: publish ? 'published' : 'draft', updatedAt: context.now, personId: null },
    };
    if (known) db.update('template', id, row);
    else db.insert('template', { id, ...row });
    if (publish) {
      addVersion(db, context, {
        templateId: id,
        version,
        name: columns.name,
        bodyJson,
        personId: null,
      });
    }
  }
}

/** A firm that practice messages can name; one that was entered stays. */
function seedPracticeFirm(db: WriteDb, context: WriteContext): void {
  const known = db.get('SELECT 1 FROM setting WHERE id = ?', LETTERHEAD_SETTING);
  if (known) return;
  const valueJson = JSON.stringify({ letterhead: practiceFirm, logo: null });
  db.insert('setting', { id: LETTERHEAD_SETTING, valueJson, updatedAt: context.now });
}

/** Made up; the number is one of those that nobody has. */
const practiceFirm = {
  name: 'Practice Collections Ltd',
  street: '1 Practice Street',
  postalCode: '',
  city: 'Nowhere',
  country: '',
  ids: [],
  phone: '+442079460999',
  email: 'office@practice.example',
  website: '',
  bankName: 'Practice Bank',
  bankAccount: '00000000000000000000000000',
  footer: 'Synthetic data: for practice.',
};

function addVersion(
  db: WriteDb,
  context: WriteContext,
  row: {
    templateId: string;
    version: number;
    name: string;
    bodyJson: string;
    personId: string | null;
  },
): void {
  db.insert('templateVersion', { id: context.newId(), ...row, at: context.now });
}

/** Numbers are never used again, also not after a template was retired. */
function nextVersion(db: ReadDb, templateId: string): number {
  const row = db.get<{ version: number | null }>(
    'SELECT max(version) AS version FROM templateVersion WHERE templateId = ?',
    templateId,
  );
  return (row?.version ?? 0) + 1;
}

function nextPosition(db: ReadDb, channel: MessageChannel): number {
  const row = db.get<{ position: number | null }>(
    'SELECT max(position) AS position FROM template WHERE channel = ? AND deletedAt IS NULL',
    channel,
  );
  return Math.min(10_000, (row?.position ?? 0) + 10);
}

function requireTemplate(db: ReadDb, templateId: string, updatedAt: number | null): Row {
  const row = db.get<Row>(
    `SELECT channel, name, state, version, updatedAt, bodyJson FROM template WHERE id = ? AND deletedAt IS NULL`,
    templateId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such template');
  if (updatedAt !== null && row.updatedAt !== updatedAt) {
    throw new AppError('template.changed', 'somebody has changed this template', {
      details: { updatedAt: row.updatedAt },
    });
  }
  return row;
}

/** Two saves within one millisecond are two. */
function laterThan(before: number, now: number): number {
  return Math.max(now, before + 1);
}
