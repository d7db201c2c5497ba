import { History as HistoryIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentLanguage, MessageTemplate } from '#shared/contract/index.ts';
import { keptWork, useKeepWork } from '../../app/kept-work.ts';
import { useLeaveGuard } from '../../app/leave-guard.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Confirm, Field, Input, Panel, toast, When } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { templateName } from './sample-name.ts';
import { isReady, sameDraft, type TemplateDraft, writtenLanguages } from './template-draft.ts';
import styles from './template-editor.module.css';
import { TemplatePreview } from './template-preview.tsx';
import { TemplateState } from './template-row.tsx';
import { TemplateSettings } from './template-settings.tsx';
import { TemplateTexts } from './template-texts.tsx';
import { TemplateVersions } from './template-versions.tsx';

const pauseMs = 500;

/** One template: its texts in their languages, what the rules say to them, and how a debtor would read it. */
export function TemplateEditor({
  template,
  initial,
  onSaved,
}: {
  /** null: a new one */
  template: MessageTemplate | null;
  initial: TemplateDraft;
  onSaved: (template: MessageTemplate) => void;
}) {
  const { t, i18n } = useTranslation();
  const [stored, setStored] = useState({ template, draft: initial });
  const workKey = `template:${template?.templateId ?? `new-${initial.channel}`}`;
  const [draft, setDraft] = useState(() => keptWork<TemplateDraft>(workKey) ?? initial);
  const [language, setLanguage] = useState(() => firstLanguage(initial, i18n.language));
  const [asking, setAsking] = useState(false);
  const [versions, setVersions] = useState(false);
  const save = useCommand('template.save');
  const publish = useCommand('template.publish');
  const retire = useCommand('template.retire');
  const known = stored.template;
  const nameOf = ({ templateId, name }: MessageTemplate): string =>
    templateName(t, templateId, name);
  const shownName = templateName(t, known?.templateId ?? null, draft.name);
  const ready = isReady(draft);
  const changed = !sameDraft(draft, stored.draft);
  useLeaveGuard(changed);
  useKeepWork(workKey, draft, changed);
  const settled = useSettledDraft(draft);
  const check = useQueryData(
    'template.check',
    isReady(settled) ? { draft: { channel: settled.channel, body: settled.body } } : null,
  );
  const problems = check.value?.problems ?? [];
  const blocked = problems.some(({ blocks }) => blocks);
  const busy = save.busy || publish.busy || retire.busy;
  const languages = writtenLanguages(draft.body);
  const shown = languages.includes(language) ? language : draft.body.defaultLanguage;
  const inUse = known !== null && known.state === 'published' && !changed;
  const changeBody = (part: Partial<TemplateDraft['body']>): void =>
    setDraft((now) => ({ ...now, body: { ...now.body, ...part } }));

  const keep = async (): Promise<MessageTemplate | null> => {
    const saved = await save.run({
      ...draft,
      name: draft.name.trim(),
      ...(known ? { templateId: known.templateId, updatedAt: known.updatedAt } : {}),
    });
    if (saved === null) return null;
    setStored({ template: saved, draft });
    onSaved(saved);
    return saved;
  };
  const putInUse = async (): Promise<void> => {
    const saved = changed || known === null ? await keep() : known;
    if (saved === null) return;
    const published = await publish.run({
      templateId: saved.templateId,
      updatedAt: saved.updatedAt,
    });
    if (published === null) return;
    setStored({ template: published, draft });
    toast('done', t('templates.published', { name: nameOf(published) }));
    onSaved(published);
  };
  const takeOut = async (): Promise<void> => {
    setAsking(false);
    if (known === null) return;
    const retired = await retire.run({ templateId: known.templateId });
    if (retired === null) return;
    setStored({ template: retired, draft });
    onSaved(retired);
  };

  return (
    <Panel
      className={styles.panel}
      title={shownName.trim() || t(`templates.new-${draft.channel}`)}
      actions={
        <>
          {known ? (
            <span className={styles.facts}>
              <TemplateState
                state={changed && known.state === 'published' ? 'edited' : known.state}
              />
              {known.version > 0 ? t('templates.version', { version: known.version }) : null}
              <span>
                {known.updatedBy ? `${known.updatedBy}, ` : ''}
                <When at={known.updatedAt} />
              </span>
            </span>
          ) : null}
          {known && known.version > 0 ? (
            <Button
              look="quiet"
              icon={<HistoryIcon size={14} aria-hidden="true" />}
              onClick={() => setVersions(true)}
            >
              {t('templates.versions')}
            </Button>
          ) : null}
          {known && known.state !== 'retired' ? (
            <Button look="quiet" disabled={busy} onClick={() => setAsking(true)}>
              {t('templates.retire')}
            </Button>
          ) : null}
          <Button
            disabled={!changed || !ready || busy}
            onClick={() => {
              void keep().then((saved) => {
                if (saved) toast('done', t('templates.saved'));
              });
            }}
          >
            {t('common.save')}
          </Button>
          <Button
            look="primary"
            disabled={!ready || blocked || busy || inUse || check.value === null}
            title={blocked ? t('templates.blocked') : undefined}
            onClick={() => void putInUse()}
          >
            {t('templates.publish')}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.fields}>
          {known?.sample ? (
            <Notice tone="wait" title={t('document.sample')}>
              {t('templates.sample-text')}
            </Notice>
          ) : null}
          {known?.state === 'retired' ? (
            <Notice tone="neutral" title={t('templates.is-retired')}>
              {t('templates.is-retired-text')}
            </Notice>
          ) : null}
          <Field label={t('templates.name')} hint={t('templates.name-hint')}>
            <Input
              maxLength={120}
              value={shownName}
              onChange={(event) => {
                const name = event.currentTarget.value;
                setDraft((now) => ({ ...now, name }));
              }}
            />
          </Field>
          <TemplateTexts
            channel={draft.channel}
            body={draft.body}
            language={shown}
            problems={problems}
            checking={draft !== settled}
            onLanguage={setLanguage}
            onChange={changeBody}
          />
          <TemplateSettings channel={draft.channel} body={draft.body} onChange={changeBody} />
        </div>
        <TemplatePreview draft={settled} ready={isReady(settled)} language={shown} />
      </div>
      <Confirm
        open={asking}
        destructive
        title={t('templates.retire-question', { name: known ? nameOf(known) : '' })}
        text={t('templates.retire-text')}
        action={t('templates.retire')}
        onConfirm={() => void takeOut()}
        onCancel={() => setAsking(false)}
      />
      {known ? (
        <TemplateVersions
          template={known}
          open={versions}
          onClose={() => setVersions(false)}
          onTake={(name, body) => {
            setDraft((now) => ({ ...now, name, body }));
            setVersions(false);
          }}
        />
      ) : null}
    </Panel>
  );
}

function useSettledDraft(draft: TemplateDraft): TemplateDraft {
  const { clock } = useServices();
  const [settled, setSettled] = useState(draft);
  useEffect(() => clock.setTimer(pauseMs, () => setSettled(draft)), [clock, draft]);
  return settled;
}

/** That of the window, where the template is written in it. */
function firstLanguage({ body }: TemplateDraft, window: string): DocumentLanguage {
  return writtenLanguages(body).find((one) => one === window) ?? body.defaultLanguage;
}
