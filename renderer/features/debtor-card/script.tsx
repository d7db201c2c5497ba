import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { Badge } from '../../components/index.ts';
import { fillScript } from './fill-script.ts';
import styles from './script.module.css';
import { Section } from './section.tsx';

/** What to say in this kind of case: its steps in one line, the text of the one that is open below them. */
export function Script({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const { script } = card;
  if (script === null || script.sections.length === 0) return null;
  return (
    <Section
      title={t('card.script', { name: script.name })}
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
  const { i18n } = useTranslation();
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
        {section ? fillScript(section.text, card, i18n.language) : null}
      </div>
    </div>
  );
}
