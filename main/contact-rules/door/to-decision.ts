import type { Evaluation } from '../engine/index.ts';
import type { ContactRequest, Decision, GrantedOverride, Obligation } from '../types.ts';
import type { GrantedRow } from './override-for.ts';

/** What callers of the door see of a verdict. */
export function toDecision(
  request: Pick<ContactRequest, 'channel' | 'mode'>,
  { evaluation, override }: { evaluation: Evaluation; override: GrantedRow | null },
  decisionId: string,
): Decision {
  const { blockedBy, warnings, nextAllowedAt, obligations } = evaluation;
  const allowed = evaluation.allowed || override !== null;
  return {
    decisionId,
    allowed,
    blockedBy: [...blockedBy],
    warnings: [...warnings],
    nextAllowedAt: allowed ? null : nextAllowedAt,
    obligations: obligations.flatMap((one) => toObligations(one, request)),
    overridable: !evaluation.allowed && blockedBy.every(({ overridable }) => overridable),
    override: override === null ? null : granted(override),
  };
}

function granted({ id, expiresAt }: GrantedRow): GrantedOverride {
  return { overrideId: id, expiresAt };
}

/** Obligations that are passed on as they are. */
const plain: ReadonlySet<string> = new Set<Obligation['what']>([
  'announceRecording',
  'askRecordingConsent',
  'recordingMandatory',
  'recordingForbidden',
  'showNumber',
  'limitedVoicemailOnly',
]);

type EngineObligation = Evaluation['obligations'][number];
type Asked = Pick<ContactRequest, 'channel' | 'mode'>;

function toObligations(obligation: EngineObligation, asked: Asked): Obligation[] {
  const { rule, pack, what, details = {} } = obligation;
  const owed = (kind: Obligation['what']) => (element: string | null) => ({
    rule,
    pack,
    what: kind,
    element,
  });
  if (plain.has(what)) return [owed(what as Obligation['what'])(null)];
  if (what === 'content') return contentObligations(details, asked, owed);
  if (what === 'limitedTopics') return words(details.topics).map(owed('limitedTopics'));
  if (what === 'firstNotice') {
    return words([details.mustHaveSent]).map(owed('firstNotice'));
  }
  return [];
}

/** What stands in a content rule is said where somebody talks, and written where something is sent. */
function contentObligations(
  details: Readonly<Record<string, unknown>>,
  asked: Asked,
  owed: (what: Obligation['what']) => (element: string) => Obligation,
): Obligation[] {
  if (!isAtStart(details.when, asked)) return [];
  return [
    ...words(details.mustInclude).map(owed(isSpoken(asked) ? 'say' : 'include')),
    ...words(details.mustNotInclude).map(owed('avoid')),
  ];
}

/** Texts for voicemail and for abandoned calls are checked where they are written, not in every contact. */
function isAtStart(when: unknown, asked: Asked): boolean {
  if (when === 'first' || when === 'every') return true;
  if (when === 'callStart') return isSpoken(asked);
  return when === 'botStart' && (asked.mode === 'bot' || asked.mode === 'prerecorded');
}

function isSpoken({ channel }: Asked): boolean {
  return channel === 'call' || channel === 'visit';
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
