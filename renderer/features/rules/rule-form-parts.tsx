import { Field, Input, NumberField, Select } from '../../components/index.ts';
import { ChoiceChips } from './choice-chips.tsx';
import { type PackProblem, problemOfField, type RuleDraft } from './pack-draft.ts';
import styles from './rule-editor.module.css';
import { type WordList, word } from './rule-words.ts';
import { useWords } from './use-words.ts';

/** What every field of a rule's form needs. */
export interface RuleFormProps {
  rule: RuleDraft;
  problems: readonly PackProblem[];
  onChange: (part: RuleDraft) => void;
}

interface PartProps extends RuleFormProps {
  /** of the rule */
  name: string;
  label: string;
}

export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Several words of a closed list. */
export function Words({
  rule,
  problems,
  onChange,
  name,
  label,
  list,
  names,
}: PartProps & { list: WordList; names: readonly string[] }) {
  const words = useWords();
  return (
    <ChoiceChips
      label={label}
      options={names.map((value) => ({ value, label: word(words, list, value) }))}
      chosen={listOf(rule[name])}
      error={problemOfField(problems, name)}
      onChange={(values) => onChange({ [name]: values })}
    />
  );
}

/** One word of a closed list. */
export function Word({
  rule,
  problems,
  onChange,
  name,
  label,
  options,
}: PartProps & { options: readonly { value: string; label: string }[] }) {
  return (
    <Field label={label} error={problemOfField(problems, name)}>
      <Select
        value={String(rule[name] ?? '')}
        options={options}
        onChange={(value) => onChange({ [name]: value })}
      />
    </Field>
  );
}

export function Count({
  rule,
  problems,
  onChange,
  name,
  label,
  min = 0,
  max = 400,
}: PartProps & { min?: number; max?: number }) {
  const value = rule[name];
  return (
    <Field label={label} error={problemOfField(problems, name)} className={styles.short}>
      <NumberField
        min={min}
        max={max}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange({ [name]: next })}
      />
    </Field>
  );
}

export function Text({
  rule,
  problems,
  onChange,
  name,
  label,
  hint,
}: PartProps & { hint?: string }) {
  const value = rule[name];
  return (
    <Field label={label} hint={hint} error={problemOfField(problems, name)}>
      <Input
        maxLength={400}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
}

/** A length of time: so many days or hours (or, for periods of keeping, months or years). */
export function Length({
  rule,
  problems,
  onChange,
  name,
  label,
  units,
  optional = false,
}: PartProps & { units: readonly ('hours' | 'days' | 'months' | 'years')[]; optional?: boolean }) {
  const { t } = useWords();
  const read = readLength(rule[name]);
  const unit = read?.unit ?? units[0] ?? 'days';
  const write = (count: number | null, nextUnit: string): void =>
    onChange({
      [name]: count === null && optional ? undefined : writeLength(count ?? 0, nextUnit),
    });
  return (
    <Field label={label} error={problemOfField(problems, name)} className={styles.length}>
      <span className={styles.lengthRow}>
        <NumberField
          min={0}
          max={10_000}
          value={read?.count ?? null}
          onChange={(count) => write(count, unit)}
        />
        <Select
          label={t('rule-editor.unit-of', { name: label })}
          value={unit}
          options={units.map((value) => ({ value, label: t(`rule-editor.unit-${value}`) }))}
          onChange={(next) => write(read?.count ?? null, next)}
        />
      </span>
    </Field>
  );
}

const letters: Record<string, 'hours' | 'days' | 'months' | 'years'> = {
  TH: 'hours',
  D: 'days',
  M: 'months',
  Y: 'years',
};

function readLength(value: unknown): { count: number; unit: keyof typeof patterns } | null {
  const match = /^P(T?)(\d+)([HDMY])$/.exec(String(value ?? ''));
  const unit = match ? letters[`${match[1]}${match[3]}`] : undefined;
  return match && unit ? { count: Number(match[2]), unit } : null;
}

const patterns = {
  hours: (count: number) => `PT${count}H`,
  days: (count: number) => `P${count}D`,
  months: (count: number) => `P${count}M`,
  years: (count: number) => `P${count}Y`,
};

function writeLength(count: number, unit: string): string {
  return (patterns[unit as keyof typeof patterns] ?? patterns.days)(count);
}
