import { useTranslation } from 'react-i18next';
import type { CommandOutput, MessageTemplate } from '#shared/contract/index.ts';
import { EstimateBox } from '../../components/estimate-box.tsx';
import { Figures } from '../../components/figures.tsx';
import { Badge } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { durationWords } from './bulk-words.ts';
import styles from './many-tab.module.css';

/** What a lead should know of a template before many get it. */
export function TemplateNotes({ template }: { template: MessageTemplate }) {
  const { t } = useTranslation();
  return (
    <>
      {template.sample ? (
        <Notice tone="wait" title={t('message-many.sample')}>
          {t('message-many.sample-text')}
        </Notice>
      ) : null}
      <p className={styles.chips}>
        {Object.keys(template.body.texts).map((language) => (
          <Badge key={language}>{language.toUpperCase()}</Badge>
        ))}
        {template.discloses ? <Badge>{t('message-many.discloses')}</Badge> : null}
        {template.body.attachments.length > 0 ? (
          <Badge>{t('message-many.files', { count: template.body.attachments.length })}</Badge>
        ) : null}
      </p>
    </>
  );
}

/** What would come of it: who gets it now, later, never, what it costs in parts and time. */
export function Estimate({
  estimate,
  busy,
}: {
  estimate: CommandOutput<'message.estimate-many'>;
  busy: boolean;
}) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const figure = (id: string, value: number, tone?: 'stop') => ({
    id,
    label: t(`message-many.figure-${id}`),
    value: number.format(value),
    ...(tone && value > 0 ? { tone } : {}),
  });
  return (
    <EstimateBox busy={busy}>
      <Figures
        items={[
          figure('debtors', estimate.debtors),
          figure('allowedNow', estimate.allowedNow),
          figure('allowedLater', estimate.allowedLater),
          figure('refused', estimate.refused),
          figure('noAddress', estimate.noAddress),
          figure('missingFields', estimate.missingFields, 'stop'),
          ...(estimate.parts === null ? [] : [figure('parts', estimate.parts)]),
          {
            id: 'time',
            label: t('message-many.figure-time'),
            value: durationWords(estimate.seconds, t),
          },
        ]}
      />
      {estimate.sampled ? <p className={styles.faint}>{t('message-many.sampled')}</p> : null}
    </EstimateBox>
  );
}
