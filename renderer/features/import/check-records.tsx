import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportKind, ImportMapping } from '#shared/contract/index.ts';
import type { ImportTemplateId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import styles from './check-records.module.css';
import { ColumnMeanings } from './column-meanings.tsx';
import { CommitForm } from './commit-form.tsx';
import { FileFormat } from './file-format.tsx';
import { adoptMapping, isCurrent, mappingDoubts, mappingGaps } from './mapping-state.ts';
import { PreviewRecords } from './preview-records.tsx';
import { TemplateMenu } from './template-menu.tsx';

/** How the file is read, column by column, and what would be stored. Every change shows its effect at once. */
export function CheckRecords({ kind, fileId }: { kind: ImportKind; fileId: string }) {
  const { t } = useTranslation();
  const [fileName] = useQuery('name');
  const [chosen, setChosen] = useState<ImportMapping | null>(null);
  const [columnsChosen, setColumnsChosen] = useState(false);
  const [templateId, setTemplateId] = useState<ImportTemplateId | null>(null);
  const data = useQueryData('import.preview', {
    fileId,
    kind,
    ...(chosen !== null
      ? { mapping: chosen }
      : templateId !== null
        ? { importTemplateId: templateId }
        : {}),
  });
  const preview = data.value;
  if (preview === null) {
    return data.state === 'failed' ? (
      <Panel title={t('import.step-check')} hideTitle>
        <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
        <div className={styles.again}>
          <LinkButton href={toHash('/import', { kind })}>{t('import.other-file')}</LinkButton>
        </div>
      </Panel>
    ) : (
      <Skeleton lines={10} />
    );
  }
  const mapping = adoptMapping(chosen, preview.mapping);
  const current = isCurrent(chosen, preview.mapping);
  const gaps = mappingGaps(kind, mapping);
  return (
    <>
      {data.state === 'failed' ? (
        <Notice tone="stop" title={t('import.preview-failed')} live>
          {errorText(data.error, t)}
        </Notice>
      ) : null}
      <CommitForm
        kind={kind}
        fileId={fileId}
        fileName={fileName}
        mapping={mapping}
        preview={preview}
        gaps={gaps}
        ready={data.state === 'ready' && current && gaps.length === 0}
        onStarted={(importJobId) => navigate('/import', { job: importJobId })}
      />
      <div className={styles.columns}>
        <FileFormat
          kind={kind}
          mapping={mapping}
          sheets={preview.sheets ?? []}
          columnsChosen={columnsChosen}
          onChange={setChosen}
          fileName={fileName}
          rows={preview.rows}
          templates={
            mapping.format === 'mt940' ? null : (
              <TemplateMenu
                kind={kind}
                mapping={mapping}
                headers={preview.headers}
                fitting={preview.templates ?? []}
                usedId={
                  chosen === null
                    ? (templateId ?? preview.templates?.[0]?.importTemplateId ?? null)
                    : null
                }
                onChoose={(id) => {
                  setChosen(null);
                  setColumnsChosen(false);
                  setTemplateId(id);
                }}
              />
            )
          }
        />
        <div className={styles.main} aria-busy={!current} data-current={current}>
          {mapping.format === 'mt940' ? null : (
            <ColumnMeanings
              kind={kind}
              mapping={mapping}
              preview={preview}
              doubts={mappingDoubts(kind, mapping)}
              onChange={(next) => {
                setColumnsChosen(true);
                setChosen(next);
              }}
            />
          )}
          <PreviewRecords kind={kind} preview={preview} />
        </div>
      </div>
    </>
  );
}
