import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { draftHandlers } from './draft-handlers.ts';
import { findPack } from './find-pack.ts';
import { type FirmRules, isReviewable, readFirmRules } from './firm-rules.ts';
import { announceRules, type FirmRuleParts, writeOf } from './handler-parts.ts';
import { packSha256 } from './pack-digest.ts';
import { packRowOf } from './pack-row.ts';
import { readRulesSettings } from './rules-settings.ts';

/** Commands `rules.*` of packs, reviews and settings. */
export function createFirmRuleHandlers(parts: FirmRuleParts): Handlers {
  return {
    ...packHandlers(parts),
    ...draftHandlers(parts),
    ...reviewHandlers(parts),
    ...settingHandlers(parts),
  };
}

function packHandlers({ store, shipped }: FirmRuleParts): Handlers {
  const { read } = store;
  return {
    'rules.list-packs': () =>
      read.snapshot(() => {
        const rules = readableRules(read);
        return { packs: [...shipped, ...rules.packs].map((pack) => packRowOf(pack, rules)) };
      }),
    'rules.get-pack': ({ packId, version }) =>
      read.snapshot(() => {
        const pack = requirePack(findPack(read, shipped, packId, version));
        return { pack, row: packRowOf(pack, readableRules(read)) };
      }),
  };
}

/** Also when one of the firm's own is damaged: an administrator has to see the others, and can retire it. */
function readableRules(read: ReadDb): Pick<FirmRules, 'packs' | 'reviews'> {
  try {
    return readFirmRules(read);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'contact-rules.bad-pack') throw error;
    return { packs: [], reviews: [] };
  }
}

function requirePack(pack: RulePack | null): RulePack {
  if (pack) return pack;
  throw new AppError('contact-rules.unknown-pack', 'no such version of a pack');
}

function reviewHandlers(parts: FirmRuleParts): Handlers {
  const { store, shipped } = parts;
  const { read } = store;
  const write = writeOf(parts);
  const rowOf = (pack: RulePack) => packRowOf(pack, readFirmRules(read));
  const inUse = (packId: string, version: string) => {
    const pack = requirePack(findPack(read, shipped, packId));
    return requirePack(pack.version === version ? pack : null);
  };
  return {
    'rules.record-review': async ({ packId, version, note = null, ...review }, context) => {
      const pack = inUse(packId, version);
      if (!isReviewable(pack)) {
        throw new AppError('contact-rules.not-reviewable', 'this pack stands for no place');
      }
      const packSha = { packSha256: packSha256(pack) };
      const input = { packId, version, note, ...review, ...packSha };
      await write('rules.record-review', input, context);
      announceRules(parts, context);
      return rowOf(pack);
    },
    'rules.revoke-review': async ({ packId, version }, context) => {
      const pack = requirePack(findPack(read, shipped, packId, version));
      await write('rules.revoke-review', { packId, version }, context);
      announceRules(parts, context);
      return rowOf(pack);
    },
  };
}

function settingHandlers(parts: FirmRuleParts): Handlers {
  const { read } = parts.store;
  const write = writeOf(parts);
  return {
    'rules.get-settings': () => read.snapshot(() => readRulesSettings(read)),
    'rules.set-settings': async (input, context) => {
      const changed = Object.fromEntries(
        Object.entries(input).filter(([, value]) => value !== undefined),
      );
      const settings = await write('rules.set-settings', { changed }, context);
      announceRules(parts, context);
      return settings;
    },
  };
}
