import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { contactChannels } from '#shared/rule-packs/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { languages } from '../../app/i18n.ts';
import { toHash } from '../../app/router.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Field, Panel, Select, StatusDot, TextArea } from '../../components/index.ts';
import styles from './check-page.module.css';
import { highlightFound } from './highlight-found.ts';
import { Loaded } from './loaded.tsx';
import { placeName } from './place-name.ts';
import { word } from './rule-words.ts';
import { useLater } from './use-later.ts';
import { useRulesQuery } from './use-rules-query.ts';
import { useWords } from './use-words.ts';

type Checked = CommandOutput<'rules.check-content'>;
const moments = ['every', 'first', 'voicemail', 'abandonMessage', 'callStart', 'botStart'] as const;

interface Asked {
  text: string;
  language: string;
  channel: string;
  when: string;
  place: string;
}
const empty: Asked = { text: '', language: 'en', channel: 'sms', when: 'every', place: '' };
const draftKey = 'rules';

/** A text and what the packs of a place say about it, while it is typed. */
export function CheckContent() {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const { stores } = useServices();
  const forms = useDraft(draftKey).forms ?? {};
  const asked: Asked = { ...empty, language: i18n.language, ...(forms.check as Partial<Asked>) };
  const change = (part: Partial<Asked>): void =>
    stores.drafts.changeForm(draftKey, 'check', { ...asked, ...part }, t('rule-pages.check'));
  const packs = useRulesQuery('rules.list-packs', {}).value?.packs ?? [];
  const places = [...new Set(packs.map((pack) => pack.jurisdiction))].filter((one) => one !== '*');
  const settled = useLater(asked, 400);
  const data = useQueryData(
    'rules.check-content',
    settled.text.trim() === ''
      ? null
      : {
          text: settled.text,
          language: settled.language,
          channel: settled.channel as never,
          when: settled.when as never,
          ...(settled.place ? { jurisdictions: [settled.place] } : {}),
        },
  );
  return (
    <Panel title={t('rule-pages.check-outgoing')}>
      <div className={styles.stack}>
        <div className={styles.fields}>
          <Field label={t('rule-pages.channel')}>
            <Select
              value={asked.channel}
              onChange={(channel) => change({ channel })}
              options={contactChannels.map((value) => ({
                value: value as string,
                label: word(words, 'channel', value),
              }))}
            />
          </Field>
          <Field label={t('rule-pages.moment')}>
            <Select
              value={asked.when}
              onChange={(when) => change({ when })}
              options={moments.map((value) => ({
                value: value as string,
                label: word(words, 'when', value),
              }))}
            />
          </Field>
          <Field label={t('rule-pages.place')}>
            <Select
              value={asked.place || 'any'}
              onChange={(place) => change({ place: place === 'any' ? '' : place })}
              options={[
                { value: 'any', label: t('rule-pages.base-only') },
                ...places.map((value) => ({ value, label: placeName(value, words) })),
              ]}
            />
          </Field>
          <Field label={t('access-request.language')}>
            <Select
              value={asked.language}
              onChange={(language) => change({ language })}
              options={languages.map((value) => ({
                value: value as string,
                label: languageLabel(value, i18n.language),
              }))}
            />
          </Field>
        </div>
        <Field label={t('rule-pages.text')}>
          <TextArea
            className={styles.area}
            maxLength={20_000}
            value={asked.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
        </Field>
        <div role="status" className={styles.stack}>
          {settled.text.trim() === '' ? (
            <p className={styles.faint}>{t('rule-pages.paste-text')}</p>
          ) : (
            <Loaded data={data} lines={3}>
              {(checked) => <Result checked={checked} text={settled.text} />}
            </Loaded>
          )}
        </div>
      </div>
    </Panel>
  );
}

function Result({ checked, text }: { checked: Checked; text: string }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <>
      {checked.ok ? (
        <StatusDot tone="talk" label={t('rule-pages.text-ok')} />
      ) : (
        <StatusDot
          tone="stop"
          label={t('rule-pages.text-problems', { count: checked.problems.length })}
        />
      )}
      {checked.problems.length > 0 ? (
        <ul className={styles.problems}>
          {checked.problems.map((problem) => (
            <li key={`${problem.pack} ${problem.rule} ${problem.problem} ${problem.element}`}>
              <span className={styles.problem}>
                {t(`rule-content.${problem.problem}`, {
                  element: problem.element ? word(words, 'element', problem.element) : '',
                  words: problem.words ?? '',
                })}
              </span>
              <span className={styles.faint}>
                <a href={toHash(`/rules/packs/${problem.pack}`)}>
                  {problem.rule} · {problem.pack}
                </a>
                {` · ${problem.source}`}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {checked.found.length > 0 ? (
        <>
          <h3 className={styles.title}>{t('rule-pages.found')}</h3>
          <p className={styles.marked}>
            {highlightFound(text, checked.found).map((part, index) =>
              part.element === null ? (
                part.text
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
                <mark key={index}>
                  {part.text}
                  <span className={styles.element}>{word(words, 'element', part.element)}</span>
                </mark>
              ),
            )}
          </p>
        </>
      ) : null}
    </>
  );
}
