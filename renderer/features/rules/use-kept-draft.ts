import { useCallback, useEffect, useRef, useState } from 'react';
import type { OwnPackContent } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import type { PackDraft, PackProblem } from './pack-draft.ts';

const saveDelayMs = 600;
const retryDelayMs = 5_000;

export interface KeptDraft {
  pack: PackDraft;
  problems: readonly PackProblem[];
  /** kept: the engine has what is on the screen; failed: it is tried again by itself */
  state: 'kept' | 'waiting' | 'failed';
  change: (next: (pack: PackDraft) => PackDraft) => void;
  /** at once, before something is done with the draft; false: it could not be kept */
  flush: () => Promise<boolean>;
}

/**
 * A draft in the window and in the engine. What is typed is sent a moment later and once more when the page is left;
 * a change that comes while one is on its way is sent after it, so that the last one wins.
 */
export function useKeptDraft({ row, pack: first, problems: atFirst }: OwnPackContent): KeptDraft {
  const { client, clock } = useServices();
  const { ownPackId } = row;
  const [pack, setPack] = useState<PackDraft>(first);
  const [problems, setProblems] = useState<readonly PackProblem[]>(atFirst);
  const [state, setState] = useState<KeptDraft['state']>('kept');
  const latest = useRef<PackDraft>(first);
  const unsaved = useRef(false);
  const sending = useRef<Promise<boolean> | null>(null);
  const cancel = useRef<(() => void) | null>(null);

  const send = useCallback(async (): Promise<boolean> => {
    cancel.current?.();
    cancel.current = null;
    if (sending.current) await sending.current;
    if (!unsaved.current) return true;
    unsaved.current = false;
    const attempt = client
      .send('rules.save-draft', { ownPackId, pack: latest.current })
      .then(
        (answer) => {
          if (unsaved.current) return true;
          setProblems(answer.problems);
          setState('kept');
          return true;
        },
        () => {
          unsaved.current = true;
          setState('failed');
          cancel.current ??= clock.setTimer(retryDelayMs, () => void send());
          return false;
        },
      )
      .finally(() => {
        sending.current = null;
      });
    sending.current = attempt;
    return attempt;
  }, [client, clock, ownPackId]);

  const change = useCallback(
    (next: (pack: PackDraft) => PackDraft) => {
      latest.current = next(latest.current);
      unsaved.current = true;
      setPack(latest.current);
      setState('waiting');
      cancel.current?.();
      cancel.current = clock.setTimer(saveDelayMs, () => void send());
    },
    [clock, send],
  );
  useEffect(
    () => () => {
      void send();
    },
    [send],
  );
  return { pack, problems, state, change, flush: send };
}
