import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { AppError } from '#shared/errors/index.ts';
import { countSms, splitSms } from '#shared/util/index.ts';
import type { HandOver } from '../../types.ts';
import type { AtDialog, AtReply, AtSilence } from './at/at-dialog.ts';
import { readAtError } from './at/at-errors.ts';
import { encodeSubmit } from './pdu/encode-submit.ts';
import { relativeValidity } from './pdu/validity.ts';
import { type ModemFacts, ucs2Hex } from './prepare-modem.ts';

/** One part: what is told before it, how it is announced, and what is written after the prompt. */
export interface SubmitPart {
  before: string[];
  command: string;
  payload: string;
}

export interface PartRequest {
  to: string;
  text: string;
  validityMs: number;
  /** names the parts of one message */
  reference: number;
}

/** A network may take so long to answer. */
const SUBMIT_MS = 90_000;
/** flags of text mode: a message (1), relative validity (16), status report (32) */
const TEXT_FLAGS = 49;

export function submitParts(
  request: PartRequest,
  settings: SettingsOf<'modem'>,
  facts: ModemFacts,
): SubmitPart[] {
  if (facts.mode === 'pdu') {
    const { serviceCentre } = settings;
    return encodeSubmit({ ...request, serviceCentre }).map(({ hex, length }) => ({
      before: [],
      command: `+CMGS=${length}`,
      payload: hex,
    }));
  }
  return textParts(request);
}

/** Text mode has no header that would join the parts: each is a message of its own. */
function textParts({ to, text, validityMs }: PartRequest): SubmitPart[] {
  const coding = countSms(text).encoding === 'gsm7' ? 0 : 8;
  return splitSms(text).parts.map((part) => ({
    before: [`+CSMP=${TEXT_FLAGS},${relativeValidity(validityMs)},0,${coding}`],
    command: `+CMGS="${ucs2Hex(to)}"`,
    payload: ucs2Hex(part),
  }));
}

export type PartOutcome =
  | { kind: 'taken'; reference: number }
  | Exclude<HandOver, { kind: 'accepted' }>;

/** Hands one part to the modem. Never throws for what the modem does. */
export async function submitPart(dialog: AtDialog, part: SubmitPart): Promise<PartOutcome> {
  try {
    for (const command of part.before) {
      const reply = await dialog.command(command);
      if (!reply.ok) return refusedBy(reply.final, false);
    }
    const { command, payload } = part;
    return outcomeOf(await dialog.command(command, { payload, deadlineMs: SUBMIT_MS }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { textLeft } = error.details as unknown as AtSilence;
    const { code, message } = error;
    return textLeft
      ? { kind: 'unknown', code: 'gateway.modem-no-answer', detail: message }
      : { kind: 'later', code, detail: message, retryAfterMs: null };
  }
}

function outcomeOf(reply: AtReply): PartOutcome {
  if (!reply.ok) return refusedBy(reply.final, true);
  const reference = /\+CMGS:\s*(\d+)/.exec(reply.lines.join('\n'))?.[1];
  // it says that all is well and not how the message is called: no report will find it
  return { kind: 'taken', reference: reference === undefined ? -1 : Number(reference) };
}

function refusedBy(final: string, textLeft: boolean): PartOutcome {
  const { class: kind, detail } = readAtError(final);
  switch (kind) {
    case 'bad':
    case 'no':
      return {
        kind: 'rejected',
        code: 'gateway.modem-rejected',
        detail,
        badAddress: kind === 'bad',
      };
    case 'later':
      return { kind: 'later', code: 'gateway.modem-busy', detail, retryAfterMs: null };
    case 'unclear':
      return textLeft
        ? { kind: 'unknown', code: 'gateway.modem-no-answer', detail }
        : { kind: 'later', code: 'gateway.modem-busy', detail, retryAfterMs: null };
  }
}
