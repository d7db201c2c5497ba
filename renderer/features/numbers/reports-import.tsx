import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Figures } from '../../components/figures.tsx';
import {
  Button,
  Field,
  IconButton,
  Input,
  Panel,
  Select,
  Switch,
  TextArea,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './number-form.module.css';

const ways = ['paste', 'file', 'url'] as const;
type Way = (typeof ways)[number];
const mostLetters = 2_000_000;

/** Takes in a list of numbers with complaints, or of unwanted callers: pasted, from a file, or from an address. */
export function ReportsImport({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('caller-id.import-reports');
  const [source, setSource] = useState('');
  const [kind, setKind] = useState<'listed' | 'complaint'>('listed');
  const [way, setWay] = useState<Way>('paste');
  const [text, setText] = useState('');
  const [url, setUrl] = useState('');
  const [complete, setComplete] = useState(false);
  const [tried, setTried] = useState(false);
  const [result, setResult] = useState<CommandOutput<'caller-id.import-reports'> | null>(null);
  const urlWrong = !/^https:\/\/\S+$/.test(url.trim());
  const contentGap = way === 'url' ? urlWrong : text.trim() === '';
  const tooLong = text.length > mostLetters;
  const submit = async (): Promise<void> => {
    setTried(true);
    if (source.trim() === '' || contentGap || tooLong) return;
    const done = await run({
      source: source.trim(),
      kind,
      complete,
      ...(way === 'url' ? { url: url.trim() } : { text }),
    });
    if (done === null) return;
    setResult(done);
    onDone();
  };
  return (
    <Panel
      title={t('numbers.import-title')}
      actions={
        <IconButton
          label={t('common.close')}
          icon={<X size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      }
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className={styles.hint}>{t('numbers.import-text')}</p>
        <Field
          label={t('numbers.source')}
          hint={t('numbers.source-hint')}
          error={tried && source.trim() === '' ? t('numbers.gap-source') : null}
        >
          <Input
            maxLength={80}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('numbers.report-kind')}>
          <Select
            value={kind}
            options={[
              { value: 'listed', label: t('numbers.report-listed') },
              { value: 'complaint', label: t('numbers.report-complaint') },
            ]}
            onChange={setKind}
          />
        </Field>
        <Field label={t('numbers.way')}>
          <Select
            value={way}
            options={ways.map((value) => ({ value, label: t(`numbers.way-${value}`) }))}
            onChange={setWay}
          />
        </Field>
        {way === 'file' ? (
          <Field
            label={t('numbers.file')}
            error={tried && contentGap ? t('numbers.gap-text') : null}
          >
            <Input
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file) void file.text().then(setText);
              }}
            />
          </Field>
        ) : null}
        {way === 'paste' ? (
          <Field
            label={t('numbers.text')}
            hint={t('numbers.text-hint')}
            error={tried && contentGap ? t('numbers.gap-text') : null}
          >
            <TextArea
              rows={8}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </Field>
        ) : null}
        {way === 'url' ? (
          <Field
            label={t('numbers.url')}
            hint={t('numbers.url-hint')}
            error={tried && contentGap ? t('numbers.gap-url') : null}
          >
            <Input
              type="url"
              placeholder="https://"
              value={url}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
          </Field>
        ) : null}
        {tooLong ? <p className={styles.wrong}>{t('numbers.too-long')}</p> : null}
        <Switch
          label={t('numbers.complete')}
          hint={t('numbers.complete-hint')}
          checked={complete}
          onChange={setComplete}
        />
        <div className={styles.actions}>
          <Button type="submit" look="primary" disabled={busy}>
            {t('numbers.import-start')}
          </Button>
        </div>
        {result === null ? null : <Result result={result} />}
      </form>
    </Panel>
  );
}

function Result({ result }: { result: CommandOutput<'caller-id.import-reports'> }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Notice
      live
      tone={result.listed > 0 ? 'wait' : 'talk'}
      title={t('numbers.imported', { count: result.ours })}
    >
      <Figures
        items={[
          { id: 'lines', label: t('numbers.lines'), value: number.format(result.lines) },
          { id: 'listed', label: t('numbers.newly-listed'), value: number.format(result.listed) },
          { id: 'delisted', label: t('numbers.delisted'), value: number.format(result.delisted) },
          {
            id: 'unreadable',
            label: t('numbers.unreadable'),
            value: number.format(result.unreadable),
          },
        ]}
      />
    </Notice>
  );
}
