import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import type { Channel, ContactPointId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatDate, formatPhone } from '../../app/format/index.ts';
import { useCall, usePreference } from '../../app/services.ts';
import { Kbd } from '../../components/index.ts';
import {
  type FlagKind,
  type FlagPlace,
  type FlagStep,
  flagKeys,
  flagStep,
  mediumKeys,
  mediumStep,
  undoKey,
  withWordsKey,
  wrongNumberStep,
} from './flag-keys.ts';
import styles from './flag-sheet.module.css';
import { useFlags } from './use-flags.ts';
import { useSheetKeys } from './use-sheet-keys.ts';
import type { Work } from './work-context.ts';

type Asking = Extract<FlagStep, { do: 'askMedium' | 'askNumber' }>;

/** One key for each kind of flag: it is set when the key goes down. A channel or a number may need one key more. */
export function FlagQuick({ work, onWithWords }: { work: Work; onWithWords: () => void }) {
  const { t, i18n } = useTranslation();
  const { card, close } = work;
  const flags = useFlags(work);
  const place = usePlace(card);
  const [asking, setAsking] = useState<Asking | null>(null);

  const take = (step: FlagStep, words?: string): void => {
    if (step.do === 'askMedium' || step.do === 'askNumber') {
      setAsking(step);
      return;
    }
    if (step.do === 'nothing') {
      announce(
        t('flag.set-since', { date: formatDate(step.hold.since, i18n.language) }),
        'assertive',
      );
      return;
    }
    const { kind, medium, contactPointId } = step;
    close();
    void flags.set(
      {
        kind,
        ...(medium ? { medium } : {}),
        ...(contactPointId ? { contactPointId: contactPointId as ContactPointId } : {}),
      },
      words,
    );
  };
  const choose = (kind: FlagKind): void => {
    const step = flagStep(kind, card, place);
    const number = step.do === 'set' ? numberOf(card, step.contactPointId) : undefined;
    take(step, number);
  };
  const chooseMedium = (medium: Channel): void =>
    take(mediumStep(medium, card), t(`channel.${medium}`));
  const chooseNumber = (id: string): void => take(wrongNumberStep(id, card), numberOf(card, id));
  const { last } = flags;

  useSheetKeys(
    asking?.do === 'askMedium'
      ? {
          ...Object.fromEntries(mediumKeys.map(([name, key]) => [key, () => chooseMedium(name)])),
          Enter: asking.proposed === null ? null : () => chooseMedium(asking.proposed ?? 'call'),
        }
      : asking?.do === 'askNumber'
        ? Object.fromEntries(
            asking.contactPointIds.map((id, index) => [String(index + 1), () => chooseNumber(id)]),
          )
        : {
            ...Object.fromEntries(flagKeys.map(([kind, key]) => [key, () => choose(kind)])),
            [withWordsKey]: onWithWords,
            [undoKey]: last === null ? null : () => undo(),
          },
  );
  const undo = (): void => {
    if (last === null) return;
    close();
    void flags.lift(last);
  };

  if (asking?.do === 'askMedium') {
    return (
      <Choices title={t('flag.which-channel')}>
        {mediumKeys.map(([medium, key]) => (
          <Choice
            key={medium}
            shortcut={medium === asking.proposed ? 'Enter' : key}
            label={t(`channel.${medium}`)}
            note={medium === asking.proposed ? t('flag.this-channel') : null}
            isSet={mediumStep(medium, card).do === 'nothing'}
            onClick={() => chooseMedium(medium)}
          />
        ))}
      </Choices>
    );
  }
  if (asking?.do === 'askNumber') {
    return (
      <Choices title={t('flag.contact-point')}>
        {asking.contactPointIds.map((id, index) => (
          <Choice
            key={id}
            shortcut={String(index + 1)}
            label={numberOf(card, id) ?? ''}
            isSet={wrongNumberStep(id, card).do === 'nothing'}
            onClick={() => chooseNumber(id)}
          />
        ))}
      </Choices>
    );
  }
  return (
    <>
      <Choices title={t('flag.one-key')}>
        {flagKeys.map(([kind, key]) => (
          <Choice
            key={kind}
            shortcut={key}
            label={t(`flag.${kind}`)}
            note={noteOf(kind, card, place)}
            isSet={flagStep(kind, card, place).do === 'nothing'}
            onClick={() => choose(kind)}
          />
        ))}
      </Choices>
      <div className={styles.more}>
        {last === null ? null : (
          <Choice
            shortcut={undoKey}
            label={t('flag.undo-last', { flag: t(`flag.${last.kind}`) })}
            isSet={false}
            onClick={undo}
          />
        )}
        <Choice
          shortcut={withWordsKey}
          label={t('flag.with-words')}
          isSet={false}
          onClick={onWithWords}
        />
      </div>
    </>
  );
}

/** The number of the call that goes on with this debtor, or is being wrapped up. */
function usePlace(card: DebtorCard): FlagPlace {
  const contactPointId = useCall((view) =>
    view.current?.debtorId === card.debtorId
      ? (view.current.contactPointId as string | null)
      : null,
  );
  const inCall = useCall((view) => view.current?.debtorId === card.debtorId);
  return { contactPointId, inCall };
}

function numberOf(card: DebtorCard, contactPointId: string | undefined): string | undefined {
  const point = card.contactPoints.find((one) => one.contactPointId === contactPointId);
  return point ? formatPhone(point.value) : undefined;
}

/** Which number is meant, before the key goes down. */
function noteOf(kind: FlagKind, card: DebtorCard, place: FlagPlace): string | null {
  if (kind !== 'wrongNumber') return null;
  const step = flagStep(kind, card, place);
  return step.do === 'set' ? (numberOf(card, step.contactPointId) ?? null) : null;
}

function Choices({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.kinds}>
      <legend className={styles.legend}>{title}</legend>
      {children}
    </fieldset>
  );
}

function Choice({
  shortcut,
  label,
  note = null,
  isSet,
  onClick,
}: {
  shortcut: string;
  label: string;
  note?: string | null;
  isSet: boolean;
  onClick: () => void;
}) {
  const { t } = useTranslation();
  const [singleKeys] = usePreference('singleKeys', true);
  return (
    <button
      type="button"
      className={styles.choice}
      aria-keyshortcuts={singleKeys ? shortcut : undefined}
      aria-disabled={isSet}
      onClick={onClick}
    >
      {singleKeys ? <Kbd binding={shortcut} /> : <span />}
      <span className={styles.words}>
        {label}
        {note ? <span className={styles.note}>{note}</span> : null}
      </span>
      {isSet ? (
        <span className={styles.isSet}>
          <Check size={13} aria-hidden="true" />
          {t('flag.is-set')}
        </span>
      ) : null}
    </button>
  );
}
