import type { WriteMap } from '../../store/index.ts';
import { commitMerge } from './commit-merge.ts';
import { undoMerge } from './undo-merge.ts';

export const mergeWrites = {
  'merge.commit': commitMerge,
  'merge.undo': undoMerge,
} satisfies WriteMap;
