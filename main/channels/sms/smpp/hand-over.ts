import type { Clock } from '#shared/util/index.ts';
import type { HandOver } from '../../types.ts';
import { refusalOf } from './statuses.ts';
import type { Submits } from './submits.ts';
import { type Answer, commandStatus, type Pdu, type RequestOptions } from './wire/index.ts';

export interface HandOverParts {
  request(command: string, options: RequestOptions): Promise<Answer>;
  clock: Clock;
  answerWithinMs: number;
  /** the id that the SMSC gave to a part; told before a receipt that came right behind is read */
  onTaken(id: string): void;
  /** an answer that came when we had given it up: the message's fate, if it was the only part */
  onLateAnswer(pdu: Pdu): void;
}

/** Of a message whose first parts are taken: the phone waits for the others. */
const partTries = 5;
const partRetryMs = 1_000;

/**
 * Hands over the parts one after the other: a first part that is refused leaves nothing behind. Once one is taken, there is
 * no way back, and a later one that fails makes all of it unknown: some of it may be read, and all of it may not be sent
 * again.
 */
export async function handOverParts(
  { submits, parts }: Submits,
  owner: HandOverParts,
): Promise<HandOver> {
  const providerIds: string[] = [];
  for (const [index, submit] of submits.entries()) {
    const options: RequestOptions = {
      ...submit,
      withinMs: owner.answerWithinMs,
      onAnswer: ({ status, fields }) => {
        if (status === commandStatus.ok) owner.onTaken(fields.message_id ?? '');
      },
      ...(submits.length === 1 ? { onLateAnswer: owner.onLateAnswer } : {}),
    };
    const isFirst = index === 0;
    const outcome = await submitPart(options, isFirst ? 1 : partTries, owner);
    if (outcome.kind === 'taken') {
      if (outcome.id !== '') providerIds.push(outcome.id);
      continue;
    }
    if (isFirst) return outcome.handOver;
    return {
      kind: 'unknown',
      code: 'gateway.partly-taken',
      detail: partDetail(index, submits, outcome),
    };
  }
  return { kind: 'accepted', providerIds, parts };
}

type PartOutcome = { kind: 'taken'; id: string } | { kind: 'not'; handOver: NotAccepted };
type NotAccepted = Exclude<HandOver, { kind: 'accepted' }>;

async function submitPart(
  options: RequestOptions,
  tries: number,
  owner: HandOverParts,
): Promise<PartOutcome> {
  for (let left = tries - 1; ; left -= 1) {
    const answer = await owner.request('submit_sm', options);
    if (answer.kind === 'answered' && answer.pdu.status === commandStatus.ok) {
      return { kind: 'taken', id: answer.pdu.fields.message_id ?? '' };
    }
    const handOver = notAccepted(answer);
    if (handOver.kind !== 'later' || left === 0) return { kind: 'not', handOver };
    await wait(owner.clock, Math.max(partRetryMs, handOver.retryAfterMs ?? 0));
  }
}

function notAccepted(answer: Answer): NotAccepted {
  switch (answer.kind) {
    case 'answered':
      return refusalOf(answer.pdu.status);
    case 'notWritten':
      return { kind: 'later', code: 'gateway.not-connected', detail: null, retryAfterMs: 1_000 };
    case 'noAnswer':
      return { kind: 'unknown', code: 'gateway.no-answer', detail: null };
  }
}

function partDetail(
  index: number,
  { length }: Submits['submits'],
  outcome: Extract<PartOutcome, { kind: 'not' }>,
): string {
  const { code, detail } = outcome.handOver;
  return `${index}/${length}: ${detail ?? code}`;
}

function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(delayMs, resolve));
}
