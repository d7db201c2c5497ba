import { useEffect, useRef, useState } from 'react';
import type { CommandInput, MessagePreview } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { choiceKey, isOffered, type MessageOffer } from './message-draft.ts';

const typingMs = 180;

export interface ShownPreview {
  /** the latest that is known, of whatever was chosen before */
  preview: MessagePreview | null;
  /** it shows this template, this address and these attachments; the words may be a moment behind */
  current: boolean;
  error: unknown;
}

/**
 * How the message would look. The best choice comes with the offer and is there at once; another choice is asked for at
 * once, words that are being typed once they stand still for a moment.
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
  const lastChoice = useRef('');
  const offered = offer?.preview ?? null;
  const fromOffer =
    input !== null && offer !== null && offered !== null && isOffered(input, offer)
      ? offered
      : null;
  const key = input === null ? '' : JSON.stringify(input);
  const choice = input === null ? '' : choiceKey(input);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `input`, `turn` asks again
  useEffect(() => {
    asked.current += 1;
    const own = asked.current;
    const typing = lastChoice.current === choice;
    lastChoice.current = choice;
    if (input === null || fromOffer !== null || isBlank(input)) return;
    const ask = (): void => {
      client.send('message.preview', input).then(
        (preview) => {
          if (own !== asked.current) return;
          setGot({ key: choice, preview });
          setError(null);
        },
        (failure: unknown) => {
          if (own === asked.current) setError({ key: choice, error: failure });
        },
      );
    };
    if (!typing) return ask();
    return clock.setTimer(typingMs, ask);
  }, [client, clock, key, fromOffer, turn]);

  const preview = fromOffer ?? got?.preview ?? offered;
  return {
    preview,
    current: fromOffer !== null || got?.key === choice,
    error: fromOffer === null && error?.key === choice ? error.error : null,
  };
}

/** Own words that are not there yet. */
function isBlank({ templateId, text, attachments }: CommandInput<'message.preview'>): boolean {
  return !templateId && (text ?? '').trim() === '' && (attachments ?? []).length === 0;
}
