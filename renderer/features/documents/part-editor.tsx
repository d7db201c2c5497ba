import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type LetterPart, letterField } from '#shared/contract/index.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import {
  Button,
  Field,
  IconButton,
  Menu,
  NumberField,
  Select,
  TextArea,
} from '../../components/index.ts';
import { insertField } from './letter-draft.ts';
import styles from './part-editor.module.css';

type TextPart = Extract<LetterPart, { kind: 'text' }>;
type DebtsPart = Extract<LetterPart, { kind: 'debts' }>;
const textStyles: readonly TextPart['style'][] = ['normal', 'heading', 'strong', 'small'];
const alignments: readonly TextPart['align'][] = ['left', 'center', 'right', 'justify'];
const debtColumns: readonly DebtsPart['columns'][number][] = [
  'reference',
  'creditor',
  'issuedOn',
  'dueOn',
  'principal',
  'interest',
  'fees',
  'paid',
  'balance',
];

/** One part of a letter: what it is, what is in it, and its place. */
export function PartEditor({
  part,
  place,
  first,
  last,
  onChange,
  onMove,
  onRemove,
}: {
  part: LetterPart;
  place: number;
  first: boolean;
  last: boolean;
  onChange: (part: LetterPart) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const name = `${place}. ${t(`letters.part-${part.kind}`)}`;
  return (
    <section className={styles.part} aria-label={name}>
      <div className={styles.head}>
        <span className={styles.name}>{name}</span>
        <IconButton
          label={t('letters.up', { name })}
          icon={<ArrowUp size={14} aria-hidden="true" />}
          disabled={first}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('letters.down', { name })}
          icon={<ArrowDown size={14} aria-hidden="true" />}
          disabled={last}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={t('letters.drop', { name })}
          icon={<X size={14} aria-hidden="true" />}
          onClick={onRemove}
        />
      </div>
      <Content part={part} name={name} onChange={onChange} />
      <Condition part={part} onChange={onChange} />
    </section>
  );
}

function Content({
  part,
  name,
  onChange,
}: {
  part: LetterPart;
  name: string;
  onChange: (part: LetterPart) => void;
}) {
  const { t } = useTranslation();
  switch (part.kind) {
    case 'text':
      return (
        <>
          <TextWithFields
            label={name}
            text={part.text}
            onChange={(text) => onChange({ ...part, text })}
          />
          <div className={styles.row}>
            <Select
              label={t('letters.style')}
              value={part.style}
              onChange={(style) => onChange({ ...part, style })}
              options={textStyles.map((value) => ({ value, label: t(`letters.style-${value}`) }))}
            />
            <Select
              label={t('letters.align')}
              value={part.align}
              onChange={(align) => onChange({ ...part, align })}
              options={alignments.map((value) => ({ value, label: t(`letters.align-${value}`) }))}
            />
          </div>
        </>
      );
    case 'signature':
      return (
        <TextWithFields
          label={name}
          text={part.text}
          onChange={(text) => onChange({ ...part, text })}
        />
      );
    case 'debts':
      return <DebtColumns part={part} onChange={onChange} />;
    case 'space':
      return (
        <Field label={t('letters.millimetres')}>
          <NumberField
            min={1}
            max={100}
            value={part.millimetres}
            onChange={(millimetres) => onChange({ ...part, millimetres: millimetres ?? 1 })}
          />
        </Field>
      );
    default:
      return <p className={styles.hint}>{t(`letters.part-${part.kind}-text`)}</p>;
  }
}

/** A text in which fields can stand; they are put in where the cursor is. */
function TextWithFields({
  label,
  text,
  onChange,
}: {
  label: string;
  text: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const put = (field: string): void => {
    const area = box.current?.querySelector('textarea');
    if (!area) return;
    const next = insertField(text, field, area.selectionStart, area.selectionEnd);
    onChange(next.text);
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(next.cursor, next.cursor);
    });
  };
  return (
    <div ref={box} className={styles.text}>
      <Field label={label} hideLabel>
        <TextArea
          maxLength={10_000}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
      <Menu
        trigger={<Button look="quiet">{t('letters.insert')}</Button>}
        items={letterField.options.map((field) => ({
          id: field,
          label: t(`document.field.${field}`),
          onSelect: () => put(field),
        }))}
      />
    </div>
  );
}

function DebtColumns({
  part,
  onChange,
}: {
  part: DebtsPart;
  onChange: (part: LetterPart) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.checks}>
      {debtColumns.map((column) => (
        <Checkbox
          key={column}
          label={t(`letters.column-${column}`)}
          checked={part.columns.includes(column)}
          onChange={(take) =>
            onChange({
              ...part,
              columns: debtColumns.filter((one) =>
                one === column ? take : part.columns.includes(one),
              ),
            })
          }
        />
      ))}
      <Checkbox
        label={t('letters.with-total')}
        checked={part.withTotal}
        onChange={(withTotal) => onChange({ ...part, withTotal })}
      />
    </div>
  );
}

/** When a part is printed at all: always, unless a template says otherwise. */
function Condition({ part, onChange }: { part: LetterPart; onChange: (part: LetterPart) => void }) {
  const { t } = useTranslation();
  if (part.when === undefined) return null;
  const { when, ...always } = part;
  return (
    <p className={styles.condition}>
      {t(`letters.when-${when.is}`, {
        field: t(`document.field.${when.field}`),
        than: when.than ?? 0,
      })}
      <Button look="quiet" onClick={() => onChange(always)}>
        {t('letters.always')}
      </Button>
    </p>
  );
}
