import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DocumentLanguage, documentLanguage } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Select, Switch } from '../../components/index.ts';
import { ExportProgressLine, useExportJob } from '../exports/index.ts';
import styles from './create-letter-sheet.module.css';

/** Everything that is kept about one person, as they may ask for it. Stands inside a sheet. */
export function AccessRequestSheet({
  debtorId,
  language,
}: {
  debtorId: DebtorId;
  /** of the debtor */
  language: string;
}) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<DocumentLanguage>(() => knownLanguage(language));
  const [withRecordings, setWithRecordings] = useState(false);
  const { run, busy } = useCommand('export.person');
  const job = useExportJob();
  const start = async (): Promise<void> => {
    const started = await run({ debtorId, language: chosen, withRecordings });
    if (started) job.follow(started);
  };
  return (
    <div className={styles.stack}>
      <p>{t('access-request.text')}</p>
      <Field label={t('access-request.language')}>
        <Select
          value={chosen}
          onChange={setChosen}
          options={documentLanguage.options.map((value) => ({
            value,
            label: languageLabel(value, i18n.language),
          }))}
        />
      </Field>
      <Switch
        label={t('access-request.recordings')}
        hint={t('access-request.recordings-hint')}
        checked={withRecordings}
        onChange={setWithRecordings}
      />
      <Button
        look="primary"
        disabled={busy || job.progress?.state === 'running'}
        icon={<Download size={14} aria-hidden="true" />}
        onClick={() => void start()}
      >
        {t('access-request.start')}
      </Button>
      <ExportProgressLine job={job} />
    </div>
  );
}

/** Letters and exports exist in some languages; for others they are written in English. */
export function knownLanguage(language: string): DocumentLanguage {
  const parsed = documentLanguage.safeParse(language.toLowerCase().split('-')[0]);
  return parsed.success ? parsed.data : 'en';
}
