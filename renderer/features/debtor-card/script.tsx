import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { Badge } from '../../components/index.ts';
import { fillScript } from './fill-script.ts';
import styles from './script.module.css';
import { Section } from './section.tsx';

/** What to say in this kind of case, step by step; one step is open at a time. */
export function Script({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const { script } = card;
  if (script === null || script.sections.length === 0) return null;
  return (
    <Section
      title={t('card.script', { name: script.name })}
      actions={script.sample ? <Badge>{t('card.script-sample')}</Badge> : null}
    >
      <ol key={card.debtorId} className={styles.steps} lang={script.language}>
        <Steps card={card} sections={script.sections} />
      </ol>
    </Section>
  );
}

function Steps({
  card,
  sections,
}: {
  card: DebtorCard;
  sections: NonNullable<DebtorCard['script']>['sections'];
}) {
  const { i18n } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const id = useId();
  return sections.map((section, index) => (
    <li key={section.title}>
      <button
        type="button"
        className={styles.step}
        aria-expanded={open === index}
        aria-controls={`${id}-${index}`}
        onClick={() => setOpen((now) => (now === index ? null : index))}
      >
        <ChevronRight size={14} aria-hidden="true" />
        <span className={styles.number}>{index + 1}</span>
        {section.title}
      </button>
      <div id={`${id}-${index}`} hidden={open !== index} className={styles.text}>
        {open === index ? fillScript(section.text, card, i18n.language) : null}
      </div>
    </li>
  ));
}
