import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { contactChannels, type Rule } from '#shared/rule-packs/index.ts';
import { Badge, type Tone } from '../../components/index.ts';
import styles from './rule-card.module.css';
import { describeRule } from './rule-sentence.ts';
import { word } from './rule-words.ts';
import { useWords } from './use-words.ts';
import { WeekGrid } from './week-grid.tsx';

export const severityTones: Record<Rule['severity'], Tone> = {
  deny: 'stop',
  denyUnlessOverride: 'wait',
  warn: 'neutral',
};

/** One rule as people read it: what it asks, for what, when it does not hold, and where it comes from. */
export function RuleCard({
  rule,
  confidence,
  actions,
}: {
  rule: Rule;
  /** letter of the source, when the pack says which source it is */
  confidence?: string | undefined;
  actions?: ReactNode;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const { sentence, details, exceptions } = describeRule(rule, words);
  const channels =
    rule.channels.length === contactChannels.length
      ? [t('rule-pages.every-channel')]
      : rule.channels.map((channel) => word(words, 'channel', channel));
  return (
    <article className={styles.rule} aria-label={`${rule.id}: ${sentence}`}>
      <div className={styles.head}>
        <span className={styles.id}>{rule.id}</span>
        <span className={styles.kind}>{t(`rule-kind.${rule.kind}`)}</span>
        <span className={styles.actions}>{actions}</span>
      </div>
      <p className={styles.sentence}>{sentence}</p>
      {rule.kind === 'hours' ? (
        <>
          <WeekGrid week={rule.week} label={sentence} />
          {rule.weekWhen ? (
            <WeekGrid week={rule.weekWhen.week} label={t('rule-pages.other-hours')} />
          ) : null}
        </>
      ) : null}
      {details.length > 0 ? <p className={styles.details}>{details.join(' · ')}</p> : null}
      {exceptions.length > 0 ? (
        <p className={styles.details}>
          {t('rule-pages.does-not-hold', { when: exceptions.join('; ') })}
        </p>
      ) : null}
      {rule.note ? <p className={styles.details}>{rule.note}</p> : null}
      <div className={styles.marks}>
        <Badge tone={severityTones[rule.severity]}>{t(`rule-severity.${rule.severity}`)}</Badge>
        {rule.kind === 'hours'
          ? null
          : channels.map((channel) => <Badge key={channel}>{channel}</Badge>)}
        <span className={styles.source}>
          {t('rule-pages.source-line', {
            basis: t(`rule-basis.${rule.basis}`),
            source: rule.source,
          })}
          {confidence ? ` · ${t('rule-pages.confidence-short', { letter: confidence })}` : ''}
        </span>
      </div>
    </article>
  );
}
