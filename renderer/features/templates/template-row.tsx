import { useTranslation } from 'react-i18next';
import type { MessageTemplate } from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { toHash } from '../../app/router.ts';
import { Badge, StatusDot, type Tone } from '../../components/index.ts';
import { templateName } from './sample-name.ts';
import { writtenLanguages } from './template-draft.ts';
import styles from './templates-page.module.css';

const tones: Record<MessageTemplate['state'], Tone> = {
  draft: 'neutral',
  published: 'talk',
  edited: 'wait',
  retired: 'neutral',
};

/** One template in the list: what it is called, whether it is in use, and in which languages it is written. */
export function TemplateRow({
  template,
  current,
}: {
  template: MessageTemplate;
  current: boolean;
}) {
  const { t, i18n } = useTranslation();
  const languages = writtenLanguages(template.body);
  return (
    <a
      className={styles.item}
      href={toHash('/templates', { template: template.templateId })}
      aria-current={current ? 'true' : undefined}
      data-state={template.state}
    >
      <span className={styles.name}>{templateName(t, template.templateId, template.name)}</span>
      <span className={styles.detail}>
        <TemplateState state={template.state} />
        <span
          className={styles.languages}
          title={languages.map((one) => languageLabel(one, i18n.language)).join(', ')}
        >
          {languages.map((one) => one.toUpperCase()).join(' ')}
        </span>
        {template.sample ? <Badge tone="wait">{t('message.sample')}</Badge> : null}
      </span>
    </a>
  );
}

export function TemplateState({ state }: { state: MessageTemplate['state'] }) {
  const { t } = useTranslation();
  return <StatusDot tone={tones[state]} label={t(`templates.state-${state}`)} />;
}
