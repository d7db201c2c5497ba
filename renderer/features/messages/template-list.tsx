import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { languageLabel } from '../../app/format/names.ts';
import { usePreference } from '../../app/services.ts';
import { Badge, Kbd } from '../../components/index.ts';
import { templateName } from '../templates/sample-name.ts';
import type { OfferedTemplate } from './message-draft.ts';
import styles from './template-list.module.css';

/** Templates that fit, the best first; the first nine by their digit, own words by 0. */
export function TemplateList({
  templates,
  chosen,
  freeText,
  onChoose,
}: {
  templates: readonly OfferedTemplate[];
  /** null: own words */
  chosen: OfferedTemplate | null;
  freeText: boolean;
  onChoose: (templateId: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const id = chosen?.templateId ?? '';
  // a key can choose what is scrolled out of sight
  // biome-ignore lint/correctness/useExhaustiveDependencies: `id` stands for the row that is chosen
  useEffect(() => {
    const row = list.current?.querySelector('[aria-checked=true]');
    row?.scrollIntoView({ block: 'nearest' });
  }, [id]);
  const [singleKeys] = usePreference('singleKeys', true);
  const key = (binding: string) =>
    singleKeys ? <Kbd binding={binding} /> : <span aria-hidden="true" />;
  return (
    <div ref={list} role="radiogroup" aria-label={t('message.templates')} className={styles.list}>
      {templates.map((template, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a row with a key, a language and marks in it
        <button
          key={template.templateId}
          type="button"
          role="radio"
          aria-checked={template === chosen}
          aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
          className={styles.row}
          data-sends
          onClick={() => onChoose(template.templateId)}
        >
          {index < 9 ? key(String(index + 1)) : <span />}
          <span className={styles.name}>{templateName(t, template.templateId, template.name)}</span>
          {template.sample ? <Badge tone="wait">{t('message.sample')}</Badge> : null}
          <span className={styles.language} title={languageLabel(template.language, i18n.language)}>
            {template.language.toUpperCase()}
          </span>
        </button>
      ))}
      {freeText ? (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <button
          type="button"
          role="radio"
          aria-checked={chosen === null}
          aria-keyshortcuts="0"
          className={styles.row}
          data-sends
          onClick={() => onChoose('')}
        >
          {key('0')}
          <span className={styles.name}>{t('message.own-words')}</span>
        </button>
      ) : null}
    </div>
  );
}
