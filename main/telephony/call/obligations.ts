import type { Obligation } from '../../contact-rules/types.ts';
import type { RecordingPolicy } from './live-calls.ts';

/** Who is calling, before anything else is said. */
const WHO_IS_CALLING = new Set<string | null>([
  'greeting',
  'callerIdentity',
  'contactName',
  'businessName',
  'anyRepresentative',
  'robotNotice',
  'registration',
  'creditorName',
]);
const MINI_MIRANDA = new Set<string | null>(['miniMirandaFirst', 'miniMirandaLater']);
const RECORDING = new Set<string>([
  'announceRecording',
  'askRecordingConsent',
  'recordingMandatory',
  'recordingForbidden',
]);

/** What a call owes in the order in which it is said and done; what several packs ask for stands once. */
export function inOrder(obligations: readonly Obligation[]): Obligation[] {
  const seen = new Set<string>();
  const once = obligations.filter(({ what, element }) => {
    const key = `${what} ${element ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
  return once.sort((one, other) => rank(one) - rank(other));
}

function rank({ what, element }: Obligation): number {
  if (RECORDING.has(what) || element === 'recordingNotice') return 2;
  if (what !== 'say') return 3;
  if (WHO_IS_CALLING.has(element)) return 0;
  return MINI_MIRANDA.has(element) ? 1 : 3;
}

/** What is to be recorded, as far as the door's obligations let it. */
export function recordingPolicy(
  wanted: boolean,
  obligations: readonly Obligation[],
): RecordingPolicy {
  const has = (what: Obligation['what']) => obligations.some((item) => item.what === what);
  return {
    wanted: wanted || has('recordingMandatory'),
    announce: has('announceRecording'),
    consent: has('askRecordingConsent'),
    forbidden: has('recordingForbidden'),
    mandatory: has('recordingMandatory'),
  };
}
