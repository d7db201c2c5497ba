import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { contactChannels } from '#shared/rule-packs/index.ts';
import { announce } from '../../app/announcer.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Figures } from '../../components/figures.tsx';
import { Button, Field, Panel, Select } from '../../components/index.ts';
import styles from './draft-editor.module.css';
import { percentText, word } from './rule-words.ts';
import type { KeptDraft } from './use-kept-draft.ts';
import { useWords } from './use-words.ts';

type Preview = CommandOutput<'rules.preview-draft'>;

/** What a draft would change for the debtors of this store, counted on a sample; nothing is stored. */
export function DraftPreview({ draft, ownPackId }: { draft: KeptDraft; ownPackId: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const [channel, setChannel] = useState<string>('call');
  const [portfolioId, setPortfolioId] = useState('');
  const [preview, setPreview] = useState<{ value: Preview; of: unknown } | null>(null);
  const portfolios = useQueryData('debtor.list-portfolios', {}).value?.portfolios ?? [];
  const { run, busy } = useCommand('rules.preview-draft');
  const look = async (): Promise<void> => {
    const of = draft.pack;
    if (!(await draft.flush())) return;
    const value = await run({
      ownPackId: ownPackId as never,
      channel: channel as never,
      ...(portfolioId ? { portfolioId: portfolioId as never } : {}),
    });
    if (value === null) return;
    setPreview({ value, of });
    announce(
      t('rule-own.preview-said', { before: value.allowedBefore, after: value.allowedAfter }),
    );
  };
  return (
    <Panel title={t('rule-own.preview')}>
      <div className={styles.tools}>
        <p className={styles.faint}>{t('rule-own.preview-text')}</p>
        <Field label={t('rule-pages.channel')}>
          <Select
            value={channel}
            onChange={setChannel}
            options={contactChannels.map((value) => ({
              value: value as string,
              label: word(words, 'channel', value),
            }))}
          />
        </Field>
        <Field label={t('campaign.portfolio')}>
          <Select
            value={portfolioId || 'all'}
            onChange={(next) => setPortfolioId(next === 'all' ? '' : next)}
            options={[
              { value: 'all', label: t('portfolio.all') },
              ...portfolios.map((one) => ({ value: one.portfolioId as string, label: one.name })),
            ]}
          />
        </Field>
        <Button
          disabled={busy || draft.problems.length > 0}
          icon={<FlaskConical size={14} aria-hidden="true" />}
          onClick={() => void look()}
        >
          {t('rule-own.try')}
        </Button>
      </div>
      {preview ? <Result preview={preview.value} outdated={preview.of !== draft.pack} /> : null}
    </Panel>
  );
}

function Result({ preview, outdated }: { preview: Preview; outdated: boolean }) {
  const { t, i18n } = useTranslation();
  const share = (count: number): string =>
    preview.sampled === 0 ? '–' : percentText((100 * count) / preview.sampled, i18n.language);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <>
      {outdated ? <p className={styles.faint}>{t('rule-own.preview-outdated')}</p> : null}
      <Figures
        items={[
          { id: 'sampled', label: t('rule-own.sampled'), value: number.format(preview.sampled) },
          {
            id: 'before',
            label: t('rule-own.allowed-before'),
            value: number.format(preview.allowedBefore),
            note: share(preview.allowedBefore),
          },
          {
            id: 'after',
            label: t('rule-own.allowed-after'),
            value: number.format(preview.allowedAfter),
            note: share(preview.allowedAfter),
            tone: preview.allowedAfter < preview.allowedBefore ? 'wait' : 'neutral',
          },
        ]}
      />
      {preview.byRule.length > 0 ? (
        <dl className={styles.byRule}>
          {preview.byRule.map(({ rule, refused }) => (
            <div key={rule}>
              <dt>{t('rule-own.refuses', { rule })}</dt>
              <dd>{number.format(refused)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}
