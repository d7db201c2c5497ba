import { describe, expect, it } from 'vitest';
import { fixedNow } from '../../testing/fixture-base.ts';
import {
  allowedLater,
  anOffer,
  aPreview,
  optedOut,
  recipientsOf,
} from '../../testing/message-fixtures.ts';
import { choiceOf, type MessageDraft, untouched } from './message-draft.ts';
import { isPermitted, obstacleOf, type SendState } from './sendable.ts';

const hourMs = 3_600_000;

function state({
  offer = anOffer('sms'),
  draft = {},
  ...others
}: Partial<Omit<SendState, 'draft'>> & { draft?: Partial<MessageDraft> } = {}): SendState {
  const whole = { ...untouched, ...draft };
  return {
    offer,
    draft: whole,
    choice: choiceOf(whole, offer),
    preview: aPreview('sms'),
    current: true,
    dueAt: null,
    now: fixedNow,
    ...others,
  };
}
const refusedNow = () => anOffer('sms', { recipients: recipientsOf('sms', allowedLater) });

describe('a message can go', () => {
  it('when the rules, the words and the gateway allow it', () => {
    expect(obstacleOf(state())).toBeNull();
  });

  it('later, when it is refused now and its time is one at which the rules say yes', () => {
    const dueAt = fixedNow + 20 * hourMs;
    const offer = refusedNow();
    expect(obstacleOf(state({ offer, dueAt, draft: { later: '2026-11-22T10:05' } }))).toBeNull();
  });

  it('by an exception that a lead has granted', () => {
    const override = { overrideId: 'o' as never, expiresAt: fixedNow + hourMs };
    expect(isPermitted({ ...optedOut, override }, null)).toBe(true);
  });

  it('unidentified, with a reason', () => {
    const preview = aPreview('sms', { needsIdentification: true });
    expect(obstacleOf(state({ preview }))).toBe('reason');
    expect(obstacleOf(state({ preview, draft: { reason: 'asked' } }))).toBeNull();
  });
});

describe('a message stays', () => {
  const problem = (blocks: boolean) =>
    aPreview('sms', {
      problems: [
        {
          language: 'pl',
          rule: 'R',
          pack: 'pl',
          source: null,
          problem: 'missing',
          element: 'optOut',
          words: null,
          blocks,
        },
      ],
    });

  it.each([
    ['unavailable', state({ offer: anOffer('sms', { unavailable: 'message.no-gateway' }) })],
    ['noRecipient', state({ offer: anOffer('sms', { recipients: [] }) })],
    ['refused', state({ offer: refusedNow() })],
    [
      'refused',
      state({
        offer: refusedNow(),
        dueAt: fixedNow + hourMs,
        draft: { later: '2026-11-21T15:05' },
      }),
    ],
    ['past', state({ dueAt: fixedNow - 1, draft: { later: '2026-11-21T14:00' } })],
    ['past', state({ draft: { later: 'nonsense' } })],
    ['empty', state({ draft: { templateId: '' } })],
    ['empty', state({ draft: { text: '  ' } })],
    ['preparing', state({ current: false })],
    ['preparing', state({ preview: null })],
    ['missing', state({ preview: aPreview('sms', { missing: ['account.toPay'] }) })],
    ['problem', state({ preview: problem(true) })],
    ['tooLarge', state({ preview: aPreview('mms', { bytes: 300_001 }) })],
  ] as const)('%s', (obstacle, given) => {
    expect(obstacleOf(given)).toBe(obstacle);
  });

  it('not for a rule that only warns', () => {
    expect(obstacleOf(state({ preview: problem(false) }))).toBeNull();
  });

  it('not for want of words where a picture says it', () => {
    const draft = { templateId: '', attachments: ['d'] };
    expect(obstacleOf(state({ draft }))).toBeNull();
  });
});
