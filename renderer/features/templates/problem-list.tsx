import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TextProblem } from '#shared/contract/index.ts';
import { packName } from '../debtor-card/pack-name.ts';
import { problemText } from '../messages/index.ts';
import styles from './problem-list.module.css';

/** What fields, lengths or the law have against a text: each in words, with its rule and where it comes from. */
export function ProblemList({
  problems,
  busy = false,
}: {
  problems: readonly TextProblem[];
  /** they are being looked for again */
  busy?: boolean;
}) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <ul className={styles.problems} aria-label={t('templates.problems')} aria-busy={busy}>
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two rules may say the same
        <li key={index} className={styles.problem} data-blocks={problem.blocks}>
          {problem.blocks ? (
            <CircleAlert size={14} aria-hidden="true" />
          ) : (
            <TriangleAlert size={14} aria-hidden="true" />
          )}
          <span>
            {problemText(problem, t)}
            {problem.blocks ? null : (
              <span className={styles.source}> {t('templates.only-warns')}</span>
            )}
            <span className={styles.source}>
              {[problem.rule, problem.source, problem.pack ? packName(problem.pack, t) : null]
                .filter(Boolean)
                .map((part) => ` · ${part}`)
                .join('')}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
