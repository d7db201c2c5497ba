// The practice SMSC in a process of its own, as an operator's would be: started by smsc-peer.ts.
import { startPracticeSmsc } from '../../main/practice/gateways/smsc/index.ts';
import type { SmscQuestion } from './smsc-protocol.ts';

/** from taking a message to its receipt */
const receiptAfterMs = 20;

const now = () => performance.timeOrigin + performance.now();
let read = 0;
let kill: { taken: number; pid: number } | null = null;

const smsc = await startPracticeSmsc({
  port: 0,
  seed: 1,
  clock: {
    now,
    monotonic: () => performance.now(),
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  },
  behaviour: () => ({
    outcome: 'delivered',
    afterMs: receiptAfterMs,
    failure: null,
    reply: null,
  }),
  // asked for every submit, before it is taken: the engine dies with this one on its way
  faultOf: () => {
    if (kill === null || smsc.submitted().length < kill.taken) return null;
    process.kill(kill.pid, 'SIGKILL');
    kill = null;
    return null;
  },
});

process.on('message', (question: SmscQuestion & { id: number }) => {
  void answer(question).then((value) => process.send?.({ id: question.id, value }));
});
process.on('disconnect', () => process.exit());
process.send?.({ port: smsc.port });

async function answer(question: SmscQuestion): Promise<unknown> {
  switch (question.kind) {
    case 'count':
      return { taken: smsc.submitted().length, waiting: smsc.waiting() };
    case 'texts': {
      const texts = smsc
        .submitted()
        .slice(read)
        .map(({ text }) => text);
      read += texts.length;
      return texts;
    }
    case 'arrival':
      return (
        smsc.submitted().findLast(({ text }) => text.includes(question.containing))?.at ?? null
      );
    case 'killAt':
      kill = { taken: question.taken, pid: question.pid };
      return null;
    case 'stop':
      await smsc.stop();
      return null;
  }
}
