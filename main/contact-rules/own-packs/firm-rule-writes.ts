import type { WriteMap } from '../../store/types.ts';
import { ownPackWrites } from './own-pack-writes.ts';
import { reviewWrites } from './review-writes.ts';
import { rulesSettingWrites } from './settings-writes.ts';

/** Writes of what a firm says of the rules, for the writer thread. */
export const firmRuleWrites = {
  ...ownPackWrites,
  ...reviewWrites,
  ...rulesSettingWrites,
} satisfies WriteMap;
