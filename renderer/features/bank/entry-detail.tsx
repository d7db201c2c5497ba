import { Ban, Check, Search, Split } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankEntryId } from '#shared/domain/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, DateOnly, Money, Panel, toast } from '../../components/index.ts';
import { DebtorPicker } from '../search/index.ts';
import styles from './entry-detail.module.css';
import { type Candidate, fromHit, fromSuggestion, isSame } from './split-draft.ts';
import { SplitForm } from './split-form.tsx';
import { ChosenByHand, SuggestionList } from './suggestion-list.tsx';
import type { QueueEntry } from './use-bank-queue.ts';

/** One entry: what the bank says of it, whom it may be from and why, and what can be done with it. */
export function EntryDetail({
  entry,
  onDone,
  onGone,
}: {
  entry: QueueEntry;
  /** dealt with; the text is announced */
  onDone: (text: string) => void;
  /** it could not be dealt with: perhaps somebody else has */
  onGone: () => void;
}) {
  const { t } = useTranslation();
  const first = entry.suggestions[0];
  const [picked, setChosen] = useState<Candidate | null>(null);
  // until a person picks somebody it is the likeliest, who may come to be known by the entry booked before
  const chosen = picked ?? (first ? fromSuggestion(first) : null);
  const [byHand, setByHand] = useState<Candidate | null>(null);
  const [asked, setSearching] = useState<boolean | null>(null);
  const searching = asked ?? first === undefined;
  const [splitting, setSplitting] = useState(false);
  const match = useCommand('bank.match');
  const ignore = useCommand('bank.ignore');
  const busy = match.busy || ignore.busy;
  const bankEntryId = entry.bankEntryId as BankEntryId;

  const book = async (): Promise<void> => {
    if (chosen === null || busy) return;
    const { debtorId, debtId, name } = chosen;
    const booked = await match.run({ bankEntryId, debtorId, ...(debtId ? { debtId } : {}) });
    if (booked === null) return onGone();
    toast('done', t('bank.booked', { name }));
    onDone(t('bank.booked', { name }));
  };
  const leaveOut = async (): Promise<void> => {
    if (busy) return;
    const ignored = await ignore.run({ bankEntryId });
    if (ignored === null) return onGone();
    toast('info', t('bank.was-ignored'));
    onDone(t('bank.was-ignored'));
  };
  const chooseAt = (index: number) => () => {
    const suggestion = entry.suggestions[index];
    if (suggestion) setChosen(fromSuggestion(suggestion));
  };
  const bookNow = (): void => void book();
  const leaveOutNow = (): void => void leaveOut();
  const divide = (): void => setSplitting(true);
  const find = (): void => setSearching(true);
  useKeys(
    {
      M: bookNow,
      S: divide,
      I: leaveOutNow,
      '/': find,
      ...Object.fromEntries(
        entry.suggestions.slice(0, 9).map((_, index) => [String(index + 1), chooseAt(index)]),
      ),
    },
    !splitting,
  );

  return (
    <Panel title={t('bank.entry')} className={styles.panel}>
      <div className={styles.stack}>
        <div>
          <p className={styles.amount}>
            <Money amounts={{ amountMinor: entry.amountMinor, currency: entry.currency }} />
          </p>
          <p className={styles.title}>{entry.title || t('bank.no-title')}</p>
        </div>
        <dl className={styles.facts}>
          <Fact name={t('import.field.payer')}>{entry.payer ?? '–'}</Fact>
          <Fact name={t('import.field.payerAccount')}>{entry.payerAccount ?? '–'}</Fact>
          <Fact name={t('import.field.account')}>{entry.account ?? '–'}</Fact>
          <Fact name={t('bank.booked-on')}>
            <DateOnly date={entry.bookedOn} />
          </Fact>
        </dl>
        {splitting ? (
          <SplitForm
            entry={entry}
            onCancel={() => setSplitting(false)}
            onDone={onDone}
            onGone={onGone}
          />
        ) : (
          <>
            <section aria-label={t('bank.suggestions')} className={styles.stackSmall}>
              <h3>{t('bank.suggestions')}</h3>
              {byHand ? (
                <ChosenByHand
                  candidate={byHand}
                  chosen={chosen !== null && isSame(chosen, byHand)}
                  onChoose={() => setChosen(byHand)}
                />
              ) : null}
              <SuggestionList
                entry={entry}
                chosen={chosen}
                onChoose={(suggestion) => setChosen(fromSuggestion(suggestion))}
              />
              {searching ? (
                <DebtorPicker
                  label={t('bank.search')}
                  autoFocus={asked === true}
                  onLeave={() => setSearching(false)}
                  onChoose={(hit) => {
                    const candidate = fromHit(hit);
                    setByHand(candidate);
                    setChosen(candidate);
                    setSearching(false);
                  }}
                />
              ) : (
                <Button
                  look="quiet"
                  shortcut="/"
                  icon={<Search size={14} aria-hidden="true" />}
                  onClick={() => setSearching(true)}
                >
                  {t('bank.search')}
                </Button>
              )}
            </section>
            <div className={styles.actions}>
              <Button
                look="primary"
                shortcut="M"
                disabled={busy || chosen === null}
                icon={<Check size={14} aria-hidden="true" />}
                onClick={() => void book()}
              >
                {chosen === null ? t('bank.match') : t('bank.match-to', { name: chosen.name })}
              </Button>
              <Button
                shortcut="S"
                disabled={busy}
                icon={<Split size={14} aria-hidden="true" />}
                onClick={() => setSplitting(true)}
              >
                {t('bank.split')}
              </Button>
              <Button
                shortcut="I"
                disabled={busy}
                icon={<Ban size={14} aria-hidden="true" />}
                onClick={() => void leaveOut()}
              >
                {t('bank.ignore')}
              </Button>
            </div>
            <p className={styles.keys}>{t('bank.keys')}</p>
          </>
        )}
      </div>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
