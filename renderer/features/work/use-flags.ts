import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { CommandInput, Hold } from '#shared/contract/index.ts';
import type { ContactPointId, HoldId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { toast } from '../../components/index.ts';
import type { Work } from './work-context.ts';

/** The flag that was set last in this window, so that it can be taken back by two keys. */
export interface LastFlag {
  debtorId: string;
  holdId: string;
  kind: string;
  contactPointId: string | null;
}
const lastFlag = createStore<{ last: LastFlag | null }>(() => ({ last: null }));

export interface Flags {
  set: (input: Omit<CommandInput<'flag.set'>, 'debtorId'>, words?: string) => Promise<boolean>;
  lift: (flag: Pick<LastFlag, 'holdId' | 'kind' | 'contactPointId'>) => Promise<void>;
  /** of this debtor, while it is in force */
  last: LastFlag | null;
  busy: boolean;
}

/** Sets and lifts flags. One that was set can be taken back and explained from the news of it. */
export function useFlags(work: Work): Flags {
  const { t } = useTranslation();
  const { client } = useServices();
  const { card, open } = work;
  const { run, busy } = useCommand('flag.set');
  const remove = useCommand('flag.lift');
  const last = useStore(lastFlag, (view) => view.last);
  const { debtorId } = card;

  const lift: Flags['lift'] = async ({ holdId, kind, contactPointId }) => {
    if ((await remove.run({ holdId: holdId as HoldId })) === null) return;
    lastFlag.setState({ last: null });
    // the mark at the number came with the flag and goes with it
    if (kind === 'wrongNumber' && contactPointId !== null) {
      const input = { contactPointId: contactPointId as ContactPointId, status: 'active' as const };
      await client.send('contact-point.set-status', input).catch(() => null);
    }
    const text = t('flag.lifted', { flag: t(`flag.${kind}`, { defaultValue: kind }) });
    toast('done', text);
    announce(text);
  };
  const set: Flags['set'] = async (input, words) => {
    const answer = await run({ ...input, debtorId });
    if (answer === null) return false;
    const flag: LastFlag = {
      debtorId,
      holdId: answer.holdId,
      kind: input.kind,
      contactPointId: input.contactPointId ?? null,
    };
    lastFlag.setState({ last: flag });
    const name = [t(`flag.${input.kind}`), words].filter(Boolean).join(' · ');
    announce(t('flag.set-now', { flag: name }), 'assertive');
    toast('done', t('flag.set-now', { flag: name }), t('flag.effective'), [
      { label: t('flag.undo'), run: () => void lift(flag) },
      ...(input.reason
        ? []
        : [
            {
              label: t('flag.add-reason'),
              run: () => open({ kind: 'flag', explain: flag.holdId }),
            },
          ]),
    ]);
    return true;
  };
  const own = last !== null && last.debtorId === debtorId ? last : null;
  return { set, lift, last: own, busy: busy || remove.busy };
}

/** What a hold is about, beside its kind. */
export function aboutHold(hold: Hold): Pick<LastFlag, 'holdId' | 'kind' | 'contactPointId'> {
  return { holdId: hold.holdId, kind: hold.kind, contactPointId: hold.contactPointId };
}
