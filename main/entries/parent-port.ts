import type { ParentPort } from '../shell/ports.ts';
import { findUtilityParent } from '../shell/utility/utility-parent.ts';

/** The channel to the process that started this one, and word of its end. */
export interface ParentChannel extends ParentPort {
  /** the parent is gone: a child without one must end */
  onGone(listener: () => void): void;
}

/** Finds the parent, the same for `utilityProcess` and `child_process`; null when started by hand. */
export function findParentPort(): ParentChannel | null {
  return findUtilityParent() ?? (process.send ? childProcessChannel() : null);
}

function childProcessChannel(): ParentChannel {
  return {
    send: (message) => {
      // the callback keeps a closed channel from throwing; `disconnect` tells the rest
      if (process.connected) process.send?.(message, undefined, {}, () => {});
    },
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}
