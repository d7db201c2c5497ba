import { assertNever, type Random } from '#shared/util/index.ts';
import { networkTone, specialInformationTones } from '../audio/tone.ts';
import { drawMs, type RefusingBehaviour, type Step } from '../scenario/index.ts';

export interface RefusalPlan {
  ringing: 'ringing' | 'earlyMedia' | 'none';
  ringAfterMs: number;
  afterMs: number;
  /** early media before the status */
  announcement: { steps: Step[] } | null;
  status: number;
  reasonPhrase: string;
}

/** What each way of not answering means on the wire. */
export function planRefusal(
  behaviour: RefusingBehaviour,
  random: Random,
  digits = '',
): RefusalPlan {
  const afterMs = drawMs(behaviour.afterMs, random);
  const silent = { ringing: 'none', ringAfterMs: 0, afterMs, announcement: null } as const;
  switch (behaviour.kind) {
    case 'ringOut':
      return { ...ringingOf(behaviour, random, afterMs), status: 480, reasonPhrase: 'No Answer' };
    case 'declined':
      return { ...ringingOf(behaviour, random, afterMs), status: 603, reasonPhrase: 'Decline' };
    case 'reject':
      return {
        ...ringingOf(behaviour, random, afterMs),
        status: behaviour.status,
        reasonPhrase: behaviour.reasonPhrase ?? phraseOf(behaviour.status),
      };
    case 'busy': {
      const ms = drawMs(behaviour.busyToneMs, random);
      const tone = { ...networkTone('busy', digits), ms };
      const announcement = ms > 0 ? { steps: [{ tone }] } : null;
      return { ...silent, announcement, status: 486, reasonPhrase: 'Busy Here' };
    }
    case 'wrongNumber': {
      const announcement = interceptOf(behaviour.informationTones, behaviour.intercept);
      const reasonPhrase = phraseOf(behaviour.status);
      return { ...silent, announcement, status: behaviour.status, reasonPhrase };
    }
    case 'networkFailure':
      return { ...silent, status: behaviour.status, reasonPhrase: phraseOf(behaviour.status) };
    default:
      return assertNever(behaviour);
  }
}

function ringingOf(
  behaviour: Extract<RefusingBehaviour, { kind: 'ringOut' | 'declined' | 'reject' }>,
  random: Random,
  afterMs: number,
) {
  const ringAfterMs = drawMs(behaviour.ringAfterMs, random);
  return { ringing: behaviour.ringing, ringAfterMs, afterMs, announcement: null };
}

function interceptOf(tones: boolean, prompt: string | undefined): { steps: Step[] } | null {
  const steps: Step[] = tones ? specialInformationTones.map((tone) => ({ tone })) : [];
  if (prompt !== undefined) steps.push({ say: prompt });
  return steps.length > 0 ? { steps } : null;
}

const phrases: Record<number, string> = {
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  410: 'Gone',
  480: 'Temporarily Unavailable',
  484: 'Address Incomplete',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  504: 'Server Time-out',
  600: 'Busy Everywhere',
  603: 'Decline',
  604: 'Does Not Exist Anywhere',
  608: 'Rejected',
};

export function phraseOf(status: number): string {
  return phrases[status] ?? 'Refused';
}
