import { useTranslation } from 'react-i18next';
import type { CallScript } from '#shared/contract/index.ts';
import { formatMoney } from '../../app/format/index.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { fillScript } from '../debtor-card/fill-script.ts';
import { sampleCard, sampleFacts } from './sample-card.ts';
import styles from './scripts-section.module.css';

/** A script as an agent reads it, filled in with a made-up debtor. */
export function ScriptPreview({ script }: { script: Pick<CallScript, 'language' | 'sections'> }) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const agent = useConnection((view) => view.principal?.displayName ?? null);
  const firm = useQueryData('document.get-letterhead', {}).value?.name ?? null;
  const { language } = script;
  const card = sampleCard(language, clock.now());
  const half = card.totals.map((one) => ({ ...one, amountMinor: one.amountMinor / 2 }));
  const facts = sampleFacts(
    agent,
    firm,
    half.map((one) => formatMoney(one, language)).join(' + '),
    clock.now(),
  );
  return (
    <section className={styles.preview} aria-label={t('scripts.preview')}>
      <span className={styles.faint}>{t('scripts.preview-text')}</span>
      <ol lang={language} className={styles.steps}>
        {script.sections.map((section, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a section is its place
          <li key={index} className={styles.step}>
            <strong>{section.title}</strong>
            <p>{fillScript(section.text, card, facts, language)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
