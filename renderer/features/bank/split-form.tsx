import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BankEntryId } from '#shared/domain/index.ts';
import { formatAmount, formatMoney, parseAmount } from '../../app/format/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, IconButton, Input, toast } from '../../components/index.ts';
import { DebtorPicker } from '../search/index.ts';
import {
  type Candidate,
  fromHit,
  fromSuggestion,
  isWhole,
  type SplitPart,
  splitRest,
  withPart,
} from './split-draft.ts';
import styles from './split-form.module.css';
import type { QueueEntry } from './use-bank-queue.ts';

/** Divides an entry among several debtors or debts; the parts are together the entry. */
export function SplitForm({
  entry,
  onCancel,
  onDone,
  onGone,
}: {
  entry: QueueEntry;
  onCancel: () => void;
  onDone: (text: string) => void;
  onGone: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { amountMinor: total, currency } = entry;
  const write = (amountMinor: number | null): string =>
    amountMinor === null ? '' : formatAmount({ amountMinor, currency }, i18n.language);
  const [parts, setParts] = useState<SplitPart[]>(() =>
    entry.suggestions[0] ? withPart(total, [], fromSuggestion(entry.suggestions[0])) : [],
  );
  const [texts, setTexts] = useState<string[]>(() => parts.map((part) => write(part.amountMinor)));
  const { run, busy } = useCommand('bank.match');
  const rest = splitRest(total, parts);
  const whole = isWhole(total, parts);

  const add = (candidate: Candidate): void => {
    const next = withPart(total, parts, candidate);
    if (next.length === parts.length) return;
    setParts(next);
    setTexts([...texts, write(next.at(-1)?.amountMinor ?? null)]);
  };
  const change = (index: number, text: string): void => {
    setTexts(texts.map((one, at) => (at === index ? text : one)));
    setParts(
      parts.map((part, at) =>
        at === index ? { ...part, amountMinor: parseAmount(text, currency) } : part,
      ),
    );
  };
  const remove = (index: number): void => {
    setParts(parts.filter((_, at) => at !== index));
    setTexts(texts.filter((_, at) => at !== index));
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const first = parts[0];
    if (!whole || !first) return;
    const booked = await run({
      bankEntryId: entry.bankEntryId as BankEntryId,
      debtorId: first.candidate.debtorId,
      split: parts.map((part) => ({
        debtorId: part.candidate.debtorId,
        ...(part.candidate.debtId ? { debtId: part.candidate.debtId } : {}),
        amountMinor: part.amountMinor ?? 0,
      })),
    });
    if (booked === null) return onGone();
    const text = t('bank.split-booked', { count: parts.length });
    toast('done', text);
    onDone(text);
  };

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <h3>{t('bank.split')}</h3>
      <ul className={styles.parts}>
        {parts.map((part, index) => (
          <li key={`${part.candidate.debtorId} ${part.candidate.debtId}`} className={styles.part}>
            <span className={styles.words}>
              <span className={styles.name}>{part.candidate.name}</span>
              <span className={styles.faint}>{part.candidate.reference}</span>
            </span>
            <Input
              className={styles.amount ?? ''}
              inputMode="decimal"
              aria-label={t('bank.part-of', { name: part.candidate.name })}
              value={texts[index] ?? ''}
              onChange={(event) => change(index, event.currentTarget.value)}
            />
            <IconButton
              label={t('bank.part-remove', { name: part.candidate.name })}
              icon={<X size={14} aria-hidden="true" />}
              onClick={() => remove(index)}
            />
          </li>
        ))}
      </ul>
      <p className={styles.rest} data-state={whole ? 'even' : 'off'} role="status">
        {rest === 0
          ? t(whole ? 'bank.split-even' : 'bank.split-another')
          : t(rest > 0 ? 'bank.split-left' : 'bank.split-over', {
              amount: formatMoney({ amountMinor: Math.abs(rest), currency }, i18n.language),
            })}
      </p>
      <div className={styles.suggested}>
        {entry.suggestions
          .map(fromSuggestion)
          .filter(
            (candidate) =>
              !parts.some(
                (part) =>
                  part.candidate.debtorId === candidate.debtorId &&
                  part.candidate.debtId === candidate.debtId,
              ),
          )
          .slice(0, 4)
          .map((candidate) => (
            <Button
              key={`${candidate.debtorId} ${candidate.debtId}`}
              onClick={() => add(candidate)}
            >
              + {candidate.name} · {candidate.reference}
            </Button>
          ))}
      </div>
      <DebtorPicker
        label={t('bank.search')}
        onChoose={(hit) => add(fromHit(hit))}
        onLeave={onCancel}
      />
      <div className={styles.actions}>
        <Button type="submit" look="primary" disabled={!whole || busy}>
          {t('bank.split-book', { count: parts.length })}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}
