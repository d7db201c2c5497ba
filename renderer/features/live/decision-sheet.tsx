import { useTranslation } from 'react-i18next';
import type { PacerDecision } from '#shared/contract/index.ts';
import { formatDate } from '../../app/format/index.ts';
import { SideSheet } from '../../components/index.ts';
import styles from './decision-sheet.module.css';
import { formatInstant } from './decision-time.ts';
import { formatChance, formatTenth, numbersOfDecision, pacerSentence } from './pacer-sentence.ts';
import { ruleName } from './rule-name.ts';

/** One decision: the sentence, and every number that was kept with it, also those that this version has no name for. */
export function DecisionSheet({
  decision,
  onClose,
}: {
  decision: PacerDecision | null;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  return (
    <SideSheet
      open={decision !== null}
      onClose={onClose}
      title={
        decision === null
          ? t('pacing.decision')
          : `${formatDate(decision.at, locale)}, ${formatInstant(decision.at, locale)}`
      }
    >
      {decision === null ? null : <Detail decision={decision} />}
    </SideSheet>
  );
}

function Detail({ decision }: { decision: PacerDecision }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const rows: [string, string][] = [
    [t('pacing.dialed'), String(decision.dial)],
    [t('pacing.taken-back'), String(decision.cancel.length)],
    ...Object.entries(decision.why).flatMap(([name, value]) => whyRows(name, value, t, locale)),
  ];
  return (
    <div className={styles.detail}>
      <p className={styles.sentence}>{pacerSentence(numbersOfDecision(decision), t, locale)}</p>
      <dl className={styles.numbers}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];
const chances: ReadonlySet<string> = new Set(['risk', 'riskAllowed', 'answerChance']);

/** Numbers within a number (the budget) each get a row of their own. */
function whyRows(name: string, value: unknown, t: Translate, locale: string): [string, string][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([part, one]) =>
      whyRows(`${name}-${part}`, one, t, locale),
    );
  }
  const label = t(`pacing.why.${name}`, { defaultValue: name });
  if (name === 'rule') return [[label, ruleName(String(value), t)]];
  if (typeof value !== 'number') return [[label, value === null ? '–' : String(value)]];
  if (chances.has(name)) return [[label, formatChance(value, locale)]];
  if (name.endsWith('ercent')) return [[label, formatChance(value / 100, locale)]];
  return [[label, formatTenth(value, locale)]];
}
