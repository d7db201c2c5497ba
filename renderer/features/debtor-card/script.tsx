import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatMoney, parseAmount } from '../../app/format/index.ts';
import { useConnection, useDraft } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge } from '../../components/index.ts';
import { promiseCurrency } from '../work/promise-draft.ts';
import { useWork } from '../work/work-context.ts';
import { fillScript, type ScriptFacts } from './fill-script.ts';
import styles from './script.module.css';
import { Section } from './section.tsx';

/** What to say in this kind of case: its steps in one line, the text of the one that is open below them. */
export function Script({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const { script } = card;
  if (script === null || script.sections.length === 0) return null;
  return (
    <Section
      title={script.name ? t('card.script', { name: script.name }) : t('party.script')}
      actions={script.sample ? <Badge>{t('card.script-sample')}</Badge> : null}
    >
      <Steps
        key={card.debtorId}
        card={card}
        sections={script.sections}
        language={script.language}
      />
    </Section>
  );
}

function Steps({
  card,
  sections,
  language,
}: {
  card: DebtorCard;
  sections: NonNullable<DebtorCard['script']>['sections'];
  language: string;
}) {
  const [open, setOpen] = useState<number | null>(null);
  const id = useId();
  const section = open === null ? undefined : sections[open];
  return (
    <div className={styles.script} lang={language}>
      <ol className={styles.steps}>
        {sections.map(({ title }, index) => (
          <li key={title}>
            <button
              type="button"
              className={styles.step}
              aria-expanded={open === index}
              aria-controls={id}
              onClick={() => setOpen((now) => (now === index ? null : index))}
            >
              <span className={styles.number}>{index + 1}</span>
              {title}
            </button>
          </li>
        ))}
      </ol>
      <div id={id} hidden={section === undefined} className={styles.text}>
        {section ? <StepText text={section.text} card={card} language={language} /> : null}
      </div>
    </div>
  );
}

/** The words of a step. What is being agreed on is what stands in the form, else what was promised last. */
function StepText({ text, card, language }: { text: string; card: DebtorCard; language: string }) {
  const work = useWork();
  const agent = useConnection((view) => view.principal?.displayName ?? null);
  const { promise } = useDraft(work?.draftKey ?? card.debtorId);
  const firm = useQueryData('document.get-letterhead', {}).value?.name ?? null;
  const promised = card.promises.find((one) => one.status === 'open');
  const currency = promiseCurrency(card, promise?.debtId ?? '');
  const typed = promise && currency ? parseAmount(promise.amount, currency) : null;
  const agreed =
    typed !== null && currency !== null ? { amountMinor: typed, currency } : (promised ?? null);
  const facts: ScriptFacts = {
    agent,
    firm,
    amount: agreed === null ? null : formatMoney(agreed, language),
    date: promise?.dueOn || promised?.dueOn || null,
  };
  return fillScript(text, card, facts, language);
}
