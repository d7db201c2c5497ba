import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import {
  loadDataChannelLibrary,
  makeDataChannelTransport,
  serveMedia,
} from '../telephony/media/index.ts';
import { createRecording } from '../telephony/recording/index.ts';
import { findParentPort } from './parent-port.ts';

/** The media process: RTP, DTLS-SRTP, joining, recording. Started by the engine, and ends with it. */
const parent = findParentPort();
if (!parent) {
  process.stderr.write('The media process is started by the engine, not by hand.\n');
  process.exit(2);
}

const stop = serveMedia({
  parent,
  clock: {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimer: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  },
  // SSRC, sequence, timestamp and port must not be guessable (RFC 3550 §5.1)
  random: { next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48 },
  makeTransport: makeDataChannelTransport,
  createRecording,
});

// the first agent line should not pay for loading it
await loadDataChannelLibrary();

/** finishes recordings; a hung disk must not keep a process without a parent alive */
function end(): void {
  setTimeout(() => process.exit(0), 2_000).unref();
  void stop().finally(() => process.exit(0));
}

parent.onGone(end);
process.on('SIGTERM', end);
// a terminal's Ctrl-C reaches the whole group: the engine decides when media ends
process.on('SIGINT', () => {});
