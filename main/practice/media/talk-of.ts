import type { AnsweringBehaviour, Talk } from '../scenario/index.ts';

/** Every answering behaviour is a way of talking; only the scenario file has shorter words for some. */
export function talkOf(behaviour: AnsweringBehaviour): Talk {
  switch (behaviour.kind) {
    case 'answer':
      return withPatience(behaviour.steps, behaviour.whenDone, behaviour.hangUpAfterMs);
    case 'voicemail':
      return withPatience(
        [{ say: behaviour.greeting }, { tone: behaviour.beep }, { pauseMs: behaviour.recordMs }],
        'hangUp',
        undefined,
      );
    case 'tone':
      return withPatience(
        [{ tone: { hz: behaviour.hz, levelDbfs: behaviour.levelDbfs } }],
        'stay',
        behaviour.hangUpAfterMs,
      );
    case 'echo':
      return withPatience([{ echoMs: 3_600_000 }], 'repeat', behaviour.hangUpAfterMs);
  }
}

function withPatience(
  steps: Talk['steps'],
  whenDone: Talk['whenDone'],
  hangUpAfterMs: Talk['hangUpAfterMs'],
): Talk {
  return { steps, whenDone, ...(hangUpAfterMs === undefined ? {} : { hangUpAfterMs }) };
}
