import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnPackContent } from '#shared/contract/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { navigate } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { FieldRow } from '../../components/form-section.tsx';
import {
  Button,
  Confirm,
  EmptyState,
  Field,
  IconButton,
  Input,
  Menu,
  Panel,
  StatusDot,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './draft-editor.module.css';
import { DraftPreview } from './draft-preview.tsx';
import {
  problemOfField,
  problemsOfRule,
  rulesOf,
  withNewRule,
  withoutRule,
  withRuleAt,
} from './pack-draft.ts';
import { PublishSheet } from './publish-sheet.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { ruleKinds } from './rule-filter.ts';
import { RulesPage } from './rules-page.tsx';
import { type KeptDraft, useKeptDraft } from './use-kept-draft.ts';

/** Writes a draft: its rules with what is wrong beside them, what it would change, and the step that puts it in force. */
export function DraftEditor({ content }: { content: OwnPackContent }) {
  const { t } = useTranslation();
  const { row } = content;
  const draft = useKeptDraft(content);
  const { pack, problems, change } = draft;
  const [publishing, setPublishing] = useState(false);
  const [asking, setAsking] = useState(false);
  const discard = useCommand('rules.discard-draft');
  const rules = rulesOf(pack);
  const text = (name: string): string => (typeof pack[name] === 'string' ? pack[name] : '');
  const publish = (): void => {
    void draft.flush();
    setPublishing(true);
  };
  const drop = async (): Promise<void> => {
    setAsking(false);
    if ((await discard.run({ ownPackId: row.ownPackId })) !== null) navigate('/rules/own');
  };
  useKeys({ 'Mod+Enter': publish });
  const ofPack = problems.filter((one) => one.rule === null);
  return (
    <RulesPage
      section="own"
      title={text('title') || row.title}
      actions={
        <>
          <Kept state={draft.state} />
          <IconButton
            label={t('rule-own.discard')}
            icon={<Trash2 size={14} aria-hidden="true" />}
            onClick={() => setAsking(true)}
          />
          <Button look="primary" shortcut="Mod+Enter" onClick={publish}>
            {t('rule-own.publish')}
          </Button>
        </>
      }
    >
      <Notice tone="wait" title={t('rule-own.is-draft', { version: row.version })}>
        {t('rule-own.is-draft-text')}
      </Notice>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Panel title={t('rule-own.about')}>
            <FieldRow>
              <Field label={t('rule-own.title')} error={problemOfField(ofPack, 'title')}>
                <Input
                  maxLength={200}
                  value={text('title')}
                  onChange={(event) => {
                    const title = event.currentTarget.value;
                    change((now) => ({ ...now, title }));
                  }}
                />
              </Field>
              <Field
                label={t('rule-pages.place')}
                hint={t('rule-own.place-hint')}
                error={problemOfField(ofPack, 'jurisdiction')}
              >
                <Input
                  maxLength={10}
                  value={text('jurisdiction')}
                  onChange={(event) => {
                    const jurisdiction = event.currentTarget.value.toUpperCase();
                    change((now) => ({ ...now, jurisdiction }));
                  }}
                />
              </Field>
              <Field
                label={t('rule-pages.in-force-from')}
                error={problemOfField(ofPack, 'effectiveFrom')}
              >
                <Input
                  type="date"
                  value={text('effectiveFrom')}
                  onChange={(event) => {
                    const effectiveFrom = event.currentTarget.value;
                    change((now) => ({ ...now, effectiveFrom }));
                  }}
                />
              </Field>
            </FieldRow>
          </Panel>
          <Panel
            title={t('rule-pages.rules-of', { count: rules.length })}
            flush
            actions={<AddRule change={change} />}
          >
            {rules.length === 0 ? (
              <EmptyState title={t('rule-own.no-rules')} text={t('rule-own.no-rules-text')} />
            ) : (
              rules.map((rule, index) => (
                <RuleEditor
                  // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place while its id is typed
                  key={index}
                  rule={rule}
                  problems={problemsOfRule(problems, rule, index)}
                  onChange={(next) => change((now) => withRuleAt(now, index, next))}
                  onRemove={() => change((now) => withoutRule(now, index))}
                />
              ))
            )}
          </Panel>
        </div>
        <div className={styles.side}>
          <Problems draft={draft} />
          <DraftPreview draft={draft} ownPackId={row.ownPackId} />
        </div>
      </div>
      <PublishSheet
        open={publishing}
        draft={draft}
        row={row}
        onClose={() => setPublishing(false)}
      />
      <Confirm
        open={asking}
        destructive
        title={t('rule-own.discard-question')}
        text={t('rule-own.discard-text')}
        action={t('rule-own.discard')}
        onConfirm={() => void drop()}
        onCancel={() => setAsking(false)}
      />
    </RulesPage>
  );
}

function AddRule({ change }: { change: KeptDraft['change'] }) {
  const { t } = useTranslation();
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<Plus size={14} aria-hidden="true" />}>{t('rule-own.add-rule')}</Button>
      }
      items={ruleKinds.map((kind) => ({
        id: kind,
        label: t(`rule-kind.${kind}`),
        onSelect: () => change((now) => withNewRule(now, kind)),
      }))}
    />
  );
}

/** Whether the engine has what is on the screen. */
function Kept({ state }: { state: KeptDraft['state'] }) {
  const { t } = useTranslation();
  return (
    <span className={styles.kept} role="status">
      {state === 'failed' ? (
        <StatusDot tone="stop" label={t('rule-own.not-kept')} />
      ) : (
        t(state === 'kept' ? 'rule-own.kept' : 'rule-own.keeping')
      )}
    </span>
  );
}

function Problems({ draft }: { draft: KeptDraft }) {
  const { t } = useTranslation();
  const { problems } = draft;
  if (problems.length === 0) {
    return (
      <Notice tone="talk" title={t('rule-own.no-problems')}>
        {t('rule-own.no-problems-text')}
      </Notice>
    );
  }
  return (
    <Notice tone="stop" title={t('rule-own.problems', { count: problems.length })}>
      <ul className={styles.problems}>
        {problems.slice(0, 12).map((one) => (
          <li key={`${one.rule} ${one.field} ${one.problem}`}>
            <code>{[one.rule, one.field].filter(Boolean).join(' · ')}</code> {one.problem}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
