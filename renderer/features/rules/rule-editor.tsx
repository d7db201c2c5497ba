import { Braces, ListChecks, X } from 'lucide-react';
import { useState } from 'react';
import type { Rule } from '#shared/rule-packs/index.ts';
import { Field, IconButton, Input, TextArea } from '../../components/index.ts';
import {
  hasForm,
  type PackProblem,
  problemOfField,
  type RuleDraft,
  readData,
  readRule,
} from './pack-draft.ts';
import styles from './rule-editor.module.css';
import { CommonFields, RuleForm } from './rule-form.tsx';
import { describeRule } from './rule-sentence.ts';
import { useWords } from './use-words.ts';

/** One rule of a draft: what it says, its fields or its data, and what is wrong with it beside the field. */
export function RuleEditor({
  rule,
  problems,
  onChange,
  onRemove,
}: {
  rule: RuleDraft;
  problems: readonly PackProblem[];
  onChange: (rule: RuleDraft) => void;
  onRemove: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [asked, setAsData] = useState<boolean | null>(null);
  const kind = rule.kind;
  const asData = asked ?? !hasForm(kind);
  const read = readRule(rule);
  const id = String(rule.id ?? '');
  const name = `${id} ${t(`rule-kind.${String(kind)}`, { defaultValue: String(kind ?? '') })}`;
  const set = (part: RuleDraft): void => onChange(merged(rule, part));
  const elsewhere = problems.filter(
    (one) => asData || one.field === 'rule' || one.field === 'unless',
  );
  return (
    <section className={styles.rule} aria-label={name}>
      <div className={styles.head}>
        <span className={styles.kind}>
          {t(`rule-kind.${String(kind)}`, { defaultValue: String(kind ?? '') })}
        </span>
        <span className={styles.sentence}>
          {read ? sentence(read, words) : t('rule-editor.not-yet')}
        </span>
        {hasForm(kind) ? (
          <IconButton
            label={t(asData ? 'rule-editor.as-form' : 'rule-editor.as-data', { name })}
            pressed={asData}
            icon={
              asData ? (
                <ListChecks size={14} aria-hidden="true" />
              ) : (
                <Braces size={14} aria-hidden="true" />
              )
            }
            onClick={() => setAsData(!asData)}
          />
        ) : null}
        <IconButton
          label={t('rule-editor.remove', { name })}
          icon={<X size={14} aria-hidden="true" />}
          onClick={onRemove}
        />
      </div>
      {asData ? (
        <DataField rule={rule} name={name} onChange={onChange} />
      ) : (
        <div className={styles.fields}>
          <Field
            label={t('rule-editor.id')}
            hint={t('rule-editor.id-hint')}
            error={problemOfField(problems, 'id')}
            className={styles.short}
          >
            <Input
              maxLength={60}
              value={id}
              onChange={(event) => set({ id: event.currentTarget.value })}
            />
          </Field>
          {hasForm(kind) ? (
            <RuleForm kind={kind} rule={rule} problems={problems} onChange={set} />
          ) : null}
          <CommonFields rule={rule} problems={problems} onChange={set} />
        </div>
      )}
      {elsewhere.length > 0 ? (
        <ul className={styles.problems}>
          {elsewhere.map((one) => (
            <li key={`${one.field} ${one.problem}`}>
              <code>{one.field}</code> {one.problem}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function sentence(rule: Rule, words: Parameters<typeof describeRule>[1]): string {
  return describeRule(rule, words).sentence;
}

/** A field that was emptied is no longer there: packs know no `undefined`. */
function merged(rule: RuleDraft, part: RuleDraft): RuleDraft {
  const next = { ...rule, ...part };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}

/** A rule as JSON; what is no JSON yet stays in the field and is not taken over. */
function DataField({
  rule,
  name,
  onChange,
}: {
  rule: RuleDraft;
  name: string;
  onChange: (rule: RuleDraft) => void;
}) {
  const { t } = useWords();
  const [text, setText] = useState(() => JSON.stringify(rule, null, 2));
  const read = readData(text);
  return (
    <Field
      label={t('rule-editor.data-of', { name })}
      error={'problem' in read ? read.problem : null}
    >
      <TextArea
        className={styles.data}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          const parsed = readData(next);
          if ('data' in parsed) onChange(parsed.data);
        }}
      />
    </Field>
  );
}
