import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankSuggestion } from '#shared/contract/index.ts';
import { Badge, Kbd, Money, type Tone } from '../../components/index.ts';
import { type Candidate, fromSuggestion, isSame } from './split-draft.ts';
import styles from './suggestion-list.module.css';
import type { QueueEntry } from './use-bank-queue.ts';

const tones: Record<BankSuggestion['certainty'], Tone> = {
  certain: 'talk',
  likely: 'talk',
  possible: 'neutral',
};

/** Whom a payment may be from, the likeliest first, with what speaks for each. */
export function SuggestionList({
  entry,
  chosen,
  onChoose,
}: {
  entry: QueueEntry;
  chosen: Candidate | null;
  onChoose: (suggestion: BankSuggestion) => void;
}) {
  const { t } = useTranslation();
  const { suggestions } = entry;
  const value = suggestions.findIndex(
    (suggestion) => chosen !== null && isSame(fromSuggestion(suggestion), chosen),
  );
  if (suggestions.length === 0) return <p className={styles.none}>{t('bank.none-found')}</p>;
  return (
    <RadioGroup
      aria-label={t('bank.suggestions')}
      className={styles.list}
      value={value}
      onValueChange={(next) => {
        const suggestion = suggestions[next as number];
        if (suggestion) onChoose(suggestion);
      }}
    >
      {suggestions.map((suggestion, index) => (
        <Radio.Root
          key={`${suggestion.debtorId} ${suggestion.debtId}`}
          value={index}
          nativeButton
          render={<button type="button" />}
          className={styles.suggestion}
        >
          {index < 9 ? <Kbd binding={String(index + 1)} /> : <span />}
          <Words
            name={suggestion.debtorName}
            detail={[suggestion.debtRef ?? suggestion.debtorRef, suggestion.portfolioName].join(
              ' · ',
            )}
          >
            <span className={styles.reasons}>
              <Badge tone={tones[suggestion.certainty]}>
                {t(`bank.certainty-${suggestion.certainty}`)}
              </Badge>
              {suggestion.reasons.map((reason) => t(`bank.reason-${reason}`)).join(', ')}
            </span>
          </Words>
          <span className={styles.balance}>
            <Money amounts={{ amountMinor: suggestion.balanceMinor, currency: entry.currency }} />
            <span className={styles.faint}>
              {suggestion.balanceMinor === entry.amountMinor
                ? t('bank.pays-all')
                : suggestion.balanceMinor < entry.amountMinor
                  ? t('bank.overpays')
                  : t('bank.owed')}
            </span>
          </span>
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}

/** Somebody whom a person found by the search. */
export function ChosenByHand({
  candidate,
  chosen,
  onChoose,
}: {
  candidate: Candidate;
  chosen: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles.suggestion}
      aria-pressed={chosen}
      data-checked={chosen ? '' : undefined}
      onClick={onChoose}
    >
      <UserRoundCheck size={16} aria-hidden="true" />
      <Words name={candidate.name} detail={candidate.reference}>
        <span className={styles.reasons}>{t('bank.found-by-you')}</span>
      </Words>
      <span />
    </button>
  );
}

function Words({ name, detail, children }: { name: string; detail: string; children: ReactNode }) {
  return (
    <span className={styles.words}>
      <span className={styles.name}>{name}</span>
      <span className={styles.faint}>{detail}</span>
      {children}
    </span>
  );
}
