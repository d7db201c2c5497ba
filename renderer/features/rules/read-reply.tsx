import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { contactChannels } from '#shared/rule-packs/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Field, Panel, Select, TextArea, type Tone } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './check-page.module.css';
import { Loaded } from './loaded.tsx';
import { word, wordsOf } from './rule-words.ts';
import { useLater } from './use-later.ts';
import { useWords } from './use-words.ts';

type Read = CommandOutput<'rules.read-reply'>;
const tones: Record<Read['verdict'], Tone> = { optOut: 'stop', unclear: 'wait', none: 'talk' };
const channels = contactChannels.filter((one) => one !== 'call' && one !== 'visit');

/** A debtor's reply, and what Dialdesk would do with it by itself. */
export function ReadReply() {
  const { t } = useTranslation();
  const words = useWords();
  const { stores } = useServices();
  const asked = {
    text: '',
    channel: 'sms',
    ...(useDraft('rules').forms?.reply as { text?: string; channel?: string }),
  };
  const change = (part: Partial<typeof asked>): void =>
    stores.drafts.changeForm('rules', 'reply', { ...asked, ...part }, t('rule-pages.check'));
  const settled = useLater(asked, 400);
  const data = useQueryData(
    'rules.read-reply',
    settled.text.trim() === '' ? null : { text: settled.text, channel: settled.channel as never },
  );
  return (
    <Panel title={t('rule-pages.read-reply')}>
      <div className={styles.stack}>
        <Field label={t('rule-pages.channel')} className={styles.short}>
          <Select
            value={asked.channel}
            onChange={(channel) => change({ channel })}
            options={channels.map((value) => ({
              value: value as string,
              label: word(words, 'channel', value),
            }))}
          />
        </Field>
        <Field label={t('rule-pages.reply')}>
          <TextArea
            className={styles.area}
            maxLength={5_000}
            value={asked.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
        </Field>
        <div role="status" className={styles.stack}>
          {settled.text.trim() === '' ? (
            <p className={styles.faint}>{t('rule-pages.paste-reply')}</p>
          ) : (
            <Loaded data={data} lines={2}>
              {(read) => <Verdict read={read} />}
            </Loaded>
          )}
        </div>
      </div>
    </Panel>
  );
}

function Verdict({ read }: { read: Read }) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  return (
    <Notice tone={tones[read.verdict]} title={t(`rule-reply.${read.verdict}`)}>
      {read.verdict === 'optOut'
        ? [
            t(`rule-reply.scope-${read.scope ?? 'medium'}`),
            read.scope === 'medium' && read.media.length > 0
              ? t('rule-reply.media', { media: wordsOf(words, 'channel', read.media) })
              : '',
          ].join(' ')
        : t(`rule-reply.${read.verdict}-text`)}
      {read.words ? (
        <p className={styles.faint}>
          {t('rule-reply.by-words', { words: read.words })}
          {read.language ? ` · ${languageLabel(read.language, i18n.language)}` : ''}
        </p>
      ) : null}
    </Notice>
  );
}
