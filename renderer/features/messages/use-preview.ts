import { useEffect, useRef, useState } from 'react';
import type { CommandInput, MessagePreview } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { choiceKey, isOffered, type MessageOffer } from './message-draft.ts';

const typingMs = 180;

export interface ShownPreview {
  /** the latest that is known, of whatever was chosen before */
  preview: MessagePreview | null;
  /** it shows this template, this address and all attachments; the words may be a moment behind */
  current: boolean;
  error: unknown;
}

type Question = CommandInput<'message.preview'>;

/**
 * How the message would look. The best choice comes with the offer and is there at once; another choice is asked for at
 * once, words that are being typed once they stand still for a moment. Words do not wait for pictures and papers.
 * @param input null: nothing is offered yet
 */
export function usePreview(
  input: CommandInput<'message.preview'> | null,
  offer: MessageOffer | null,
  turn: number,
): ShownPreview {
  const { client, clock } = useServices();
  const [got, setGot] = useState<{ key: string; preview: MessagePreview } | null>(null);
  const [error, setError] = useState<{ key: string; error: unknown } | null>(null);
  const asked = useRef(0);
  const last = useRef({ choice: '', key: '' });
  const offered = offer?.preview ?? null;
  const fromOffer =
    input !== null && offer !== null && offered !== null && isOffered(input, offer)
      ? offered
      : null;
  const whole = fromOffer !== null && !fromOffer.filesPending ? fromOffer : null;
  const key = input === null ? '' : JSON.stringify(input);
  const choice = input === null ? '' : choiceKey(input);
  const own = got !== null && got.key === choice ? got.preview : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `input`, `turn` asks again
  useEffect(() => {
    asked.current += 1;
    const turnOfOwn = asked.current;
    const sameChoice = last.current.choice === choice;
    const typing = sameChoice && last.current.key !== key;
    last.current = { choice, key };
    if (input === null || whole !== null || isBlank(input)) return;
    const ask = (question: Question): void => {
      client.send('message.preview', question).then(
        (preview) => {
          if (turnOfOwn !== asked.current) return;
          setGot({ key: choice, preview });
          setError(null);
          if (preview.filesPending) ask(input);
        },
        (failure: unknown) => {
          if (turnOfOwn === asked.current) setError({ key: choice, error: failure });
        },
      );
    };
    if (typing) return clock.setTimer(typingMs, () => ask(withKnownFiles(input, own)));
    ask(fromOffer === null && !sameChoice ? { ...input, filesLater: true } : input);
  }, [client, clock, key, fromOffer, turn]);

  const preview = whole ?? own ?? fromOffer ?? got?.preview ?? offered;
  return {
    preview,
    current: whole !== null || (own !== null && !own.filesPending),
    error: whole === null && error?.key === choice ? error.error : null,
  };
}

/** While words are typed the files stay as they are: they are not made again at each pause. */
function withKnownFiles(input: Question, shown: MessagePreview | null): Question {
  if (shown === null || shown.filesPending || input.attachments !== undefined) return input;
  return { ...input, attachments: shown.attachments.map(({ documentId }) => documentId) };
}

/** Own words that are not there yet. */
function isBlank({ templateId, text, attachments }: CommandInput<'message.preview'>): boolean {
  return !templateId && (text ?? '').trim() === '' && (attachments ?? []).length === 0;
}
