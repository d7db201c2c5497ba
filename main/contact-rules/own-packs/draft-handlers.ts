import type { OwnPackContent } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Handlers, Unbranded } from '../../contract-server/types.ts';
import { badPack } from '../packs/parse-pack.ts';
import { type CheckedDraft, checkDraft } from './check-draft.ts';
import { draftText } from './draft-text.ts';
import { announceRules, type FirmRuleParts, writeOf } from './handler-parts.ts';
import {
  listOwnPacks,
  ownPackRow,
  requireDraft,
  requireOwnPack,
  type StoredPack,
  typedPack,
} from './own-pack-rows.ts';
import { previewDraft } from './preview-draft.ts';

/** Commands of packs that the firm writes itself. */
export function draftHandlers(parts: FirmRuleParts): Handlers {
  const { store, storeKind } = parts;
  const { read } = store;
  const write = writeOf(parts);
  const practice = storeKind === 'practice';
  const check = (row: StoredPack) => checkStored(parts, row);
  const content = (ownPackId: string) =>
    read.snapshot(() => contentOf(parts, requireOwnPack(read, ownPackId)));
  return {
    'rules.list-own-packs': () => ({ packs: read.snapshot(() => listOwnPacks(read)) }),
    'rules.get-own-pack': ({ ownPackId }) => content(ownPackId),
    'rules.start-draft': async ({ packId = null, title = null }, context) => {
      if (packId === null && title === null) {
        throw new AppError('contract.bad-input', 'a new pack has a title');
      }
      const started = await write('rules.start-draft', { packId, title, practice }, context);
      return content(started.ownPackId);
    },
    'rules.save-draft': async ({ ownPackId, pack }, context) => {
      await write('rules.save-draft', { ownPackId, packJson: draftText(pack), practice }, context);
      const { row, problems } = content(ownPackId);
      return { row, problems };
    },
    'rules.discard-draft': async ({ ownPackId }, context) => {
      await write('rules.discard-draft', { ownPackId }, context);
      return {};
    },
    'rules.preview-draft': ({ ownPackId, portfolioId = null, channel, sample }) => {
      const checked = check(requireDraft(read, ownPackId));
      if (checked.pack === null) throw badPack(checked.problems);
      const input = { draft: checked.pack, portfolioId, channel, sample, at: parts.clock.now() };
      return previewDraft({ read, decideAsIf: parts.decideAsIf, pause }, input);
    },
    'rules.publish-draft': async ({ ownPackId }, context) => {
      const row = requireOwnPack(read, ownPackId);
      // a command that is repeated finds what it published, and is answered from its first reply
      const checked = row.state === 'draft' ? check(row) : null;
      if (checked?.pack === null) throw badPack(checked.problems);
      await write('rules.publish-draft', { ownPackId, practice }, context);
      announceRules(parts, context);
      return ownPackRow(read, ownPackId);
    },
    'rules.retire-pack': async ({ packId, reason }, context) => {
      await write('rules.retire-pack', { packId, reason }, context);
      announceRules(parts, context);
      return {};
    },
  };
}

function contentOf(parts: FirmRuleParts, row: StoredPack): Unbranded<OwnPackContent> {
  const { problems } = row.state === 'draft' ? checkStored(parts, row) : { problems: [] };
  return { row: ownPackRow(parts.store.read, row.id), pack: typedPack(row), problems };
}

function checkStored({ storeKind, checks }: FirmRuleParts, row: StoredPack): CheckedDraft {
  const { packId, version } = row;
  return checkDraft(
    typedPack(row),
    { packId, version, practice: storeKind === 'practice' },
    checks,
  );
}

/** Lets everything that waits have its turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
