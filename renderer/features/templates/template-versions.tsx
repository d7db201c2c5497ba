import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageTemplate, TemplateBody } from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, SideSheet, When } from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { templateName } from './sample-name.ts';
import { writtenLanguages } from './template-draft.ts';
import styles from './template-versions.module.css';

/** What was in use before, and when; any of it can be written on from. */
export function TemplateVersions({
  template,
  open,
  onClose,
  onTake,
}: {
  template: MessageTemplate;
  open: boolean;
  onClose: () => void;
  /** its words are taken into what is being written */
  onTake: (name: string, body: TemplateBody) => void;
}) {
  const { t } = useTranslation();
  return (
    <SideSheet
      open={open}
      onClose={onClose}
      title={t('templates.versions-of', {
        name: templateName(t, template.templateId, template.name),
      })}
    >
      {open ? <Versions template={template} onTake={onTake} /> : null}
    </SideSheet>
  );
}

function Versions({
  template,
  onTake,
}: {
  template: MessageTemplate;
  onTake: (name: string, body: TemplateBody) => void;
}) {
  const { t, i18n } = useTranslation();
  const [shown, setShown] = useState<number | null>(null);
  const data = useQueryData('template.versions', { templateId: template.templateId });
  return (
    <Loaded data={data} lines={6}>
      {({ versions }) => (
        <ol className={styles.versions}>
          {versions.map((one) => (
            <li key={one.version} className={styles.version}>
              <p className={styles.head}>
                <strong>{t('templates.version', { version: one.version })}</strong>{' '}
                <span className={styles.facts}>
                  {one.by ? `${one.by}, ` : ''}
                  <When at={one.at} />
                </span>
              </p>
              <span className={styles.buttons}>
                <Button
                  look="quiet"
                  aria-expanded={shown === one.version}
                  onClick={() => setShown(shown === one.version ? null : one.version)}
                >
                  {t(shown === one.version ? 'message.hide' : 'message.show')}
                </Button>
                <Button look="quiet" onClick={() => onTake(one.name, one.body)}>
                  {t('templates.take-version')}
                </Button>
              </span>
              {shown === one.version
                ? writtenLanguages(one.body).map((language) => (
                    <div key={language} className={styles.text} lang={language}>
                      <span className={styles.facts}>{languageLabel(language, i18n.language)}</span>
                      <p>{one.body.texts[language]?.blocks.map(({ text }) => text).join('\n')}</p>
                    </div>
                  ))
                : null}
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
