import { FilePlus2, Mail } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentLanguage, LetterTemplate } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { languageLabel } from '../../app/format/names.ts';
import { toHash, useQuery } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, EmptyState, ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { draftOf, newDraft } from './letter-draft.ts';
import { LetterEditor } from './letter-editor.tsx';
import styles from './letter-templates.module.css';

const newOne = 'new';

/** All letters at the left, the one at hand with its parts and a preview at the right. */
export function LetterTemplates() {
  const { t, i18n } = useTranslation();
  const [letter, setLetter] = useQuery('letter');
  const [saves, setSaves] = useState(0);
  const data = useQueryData('document.list-templates', {});
  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Skeleton lines={8} />
    );
  }
  const { templates } = data.value;
  const chosen =
    letter === newOne
      ? null
      : (templates.find((one) => one.letterTemplateId === letter) ?? templates[0] ?? null);
  const addLink = (
    <LinkButton
      href={toHash('/letters', { letter: newOne })}
      icon={<FilePlus2 size={14} aria-hidden="true" />}
    >
      {t('letters.new')}
    </LinkButton>
  );
  if (chosen === null && letter !== newOne) {
    return (
      <Panel title={t('letters.texts')} hideTitle>
        <EmptyState
          icon={<Mail size={24} aria-hidden="true" />}
          title={t('document.no-templates')}
          text={t('letters.empty-text')}
          action={addLink}
        />
      </Panel>
    );
  }
  const saved = (template: LetterTemplate): void => {
    setLetter(template.letterTemplateId);
    setSaves(saves + 1);
    data.reload();
  };
  return (
    <div className={styles.columns}>
      <Panel title={t('letters.texts')} flush className={styles.panel} actions={addLink}>
        <ul className={styles.list}>
          {templates.map((template) => (
            <li key={template.letterTemplateId}>
              <a
                className={styles.item}
                href={toHash('/letters', { letter: template.letterTemplateId })}
                aria-current={template === chosen ? 'true' : undefined}
              >
                <span className={styles.name}>{template.name}</span>
                <span className={styles.detail}>
                  {t(`letters.kind-${template.kind}`)} ·{' '}
                  {languageLabel(template.language, i18n.language)}
                </span>
                {template.sample ? <Badge tone="wait">{t('letters.sample')}</Badge> : null}
              </a>
            </li>
          ))}
        </ul>
      </Panel>
      <LetterEditor
        key={`${chosen?.letterTemplateId ?? newOne} ${chosen?.version ?? 0} ${saves}`}
        template={chosen}
        initial={chosen ? draftOf(chosen) : newDraft(i18n.language as DocumentLanguage)}
        onSaved={saved}
        onRemoved={() => {
          setLetter('');
          data.reload();
        }}
      />
    </div>
  );
}
