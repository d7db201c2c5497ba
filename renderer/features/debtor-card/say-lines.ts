import type { ShownObligation } from '#shared/contract/index.ts';
import type { Veil } from './veil.ts';

/** One thing to be said, done or left unsaid, with the rules that ask for it. */
export interface SayLine {
  /** `say.what-…` or `say.element-…` of the texts */
  key: string;
  kind: 'say' | 'avoid' | 'know';
  /** what stands for a standard wording; null: there is none */
  wording: string | null;
  /** empty: it is always said, whatever the law */
  rules: readonly { rule: string; pack: string }[];
}

/** what must not be said before the debtor is known: it names the debt */
const naming: ReadonlySet<string> = new Set([
  'debt',
  'amount',
  'creditorName',
  'miniMirandaFirst',
  'miniMirandaLater',
]);
const recording: Record<string, string> = {
  announceRecording: 'recordingNotice',
  askRecordingConsent: 'askRecordingConsent',
};
/** shown elsewhere: the recorder and the panel of a third person say it */
const elsewhere: ReadonlySet<string> = new Set(['limitedTopics', 'include']);

/**
 * What this call owes, each thing once, in the order in which it is to be said. Under the veil what names the debt waits.
 */
export function sayLines(obligations: readonly ShownObligation[], veil: Veil): SayLine[] {
  const lines = new Map<string, SayLine>();
  const alwaysSaid: SayLine = {
    key: 'say.element-callerIdentity',
    kind: 'say',
    wording: 'callerIdentity',
    rules: [],
  };
  if (!obligations.some(isCaller)) lines.set(alwaysSaid.key, alwaysSaid);
  for (const obligation of obligations) {
    const line = lineOf(obligation, veil);
    if (line === null) continue;
    const { rule, pack } = obligation;
    const id = `${line.kind} ${line.key}`;
    const known = lines.get(id) ?? line;
    lines.set(id, { ...known, rules: [...known.rules, { rule, pack }] });
  }
  // what is only to be known or left unsaid stands after what is said
  const all = [...lines.values()];
  return [...all.filter(({ kind }) => kind === 'say'), ...all.filter(({ kind }) => kind !== 'say')];
}

/** Something that must be said waits until the debtor is known. */
export function hasMoreAfter(obligations: readonly ShownObligation[]): boolean {
  return obligations.some(({ what, element }) => what === 'say' && naming.has(element ?? ''));
}

function lineOf({ what, element }: ShownObligation, veil: Veil): SayLine | null {
  if (elsewhere.has(what)) return null;
  if (veil !== 'open' && (naming.has(element ?? '') || what === 'firstNotice')) return null;
  if (what === 'say') {
    return { key: `say.element-${element}`, kind: 'say', wording: element, rules: [] };
  }
  if (what === 'avoid') {
    return { key: `say.element-${element}`, kind: 'avoid', wording: null, rules: [] };
  }
  const wording = recording[what] ?? null;
  return { key: `say.what-${what}`, kind: wording === null ? 'know' : 'say', wording, rules: [] };
}

function isCaller({ what, element }: ShownObligation): boolean {
  return what === 'say' && (element === 'callerIdentity' || element === 'businessName');
}
