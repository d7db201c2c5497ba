import type { ParentPort, ProcessMessage } from '../shell/ports.ts';

/** The channel to the process that started this one, and word of its end. */
export interface ParentChannel extends ParentPort {
  /** the parent is gone: a child without one must end */
  onGone(listener: () => void): void;
}

/** what Electron adds to `process` in a utility process */
interface UtilityParentPort {
  postMessage(message: ProcessMessage): void;
  on(event: 'message', listener: (event: { data: ProcessMessage }) => void): void;
}

/** Finds the parent, the same for `utilityProcess` and `child_process`; null when started by hand. */
export function findParentPort(): ParentChannel | null {
  const utilityPort = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (utilityPort) {
    return {
      send: (message) => utilityPort.postMessage(message),
      onMessage: (listener) => utilityPort.on('message', (event) => listener(event.data)),
      // a utility process ends with its browser process by itself
      onGone: () => {},
    };
  }
  return process.send ? childProcessChannel() : null;
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
