import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  MessageBlock,
  MessageChannel,
  MessageField,
  TextProblem,
} from '#shared/contract/index.ts';
import { Field, IconButton, Select, TextArea } from '../../components/index.ts';
import { insertField } from '../documents/letter-draft.ts';
import styles from './block-editor.module.css';
import { ConditionEditor } from './condition-editor.tsx';
import { FieldMenu } from './field-menu.tsx';
import { ProblemList } from './problem-list.tsx';

const mailStyles: readonly MessageBlock['style'][] = ['text', 'heading', 'button', 'small'];
const links = ['payment.link', 'document.link'] as const;

/** One block of a text: how it looks, what it says, when it is written, and what is wrong with it. */
export function BlockEditor({
  channel,
  block,
  place,
  first,
  last,
  problems,
  onChange,
  onMove,
  onRemove,
}: {
  channel: MessageChannel;
  block: MessageBlock;
  place: number;
  first: boolean;
  last: boolean;
  problems: readonly TextProblem[];
  onChange: (block: MessageBlock) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const name = t('templates.block', { place });
  const put = (field: MessageField): void => {
    const area = box.current?.querySelector('textarea');
    if (!area) return;
    const next = insertField(block.text, field, area.selectionStart, area.selectionEnd);
    onChange({ ...block, text: next.text });
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const restyle = (style: MessageBlock['style']): void => {
    const { link, ...rest } = block;
    onChange(
      style === 'button' ? { ...rest, style, link: link ?? 'payment.link' } : { ...rest, style },
    );
  };
  return (
    <section className={styles.block} aria-label={name} data-style={block.style}>
      <div className={styles.head}>
        <span className={styles.place} aria-hidden="true">
          {place}
        </span>
        {channel === 'email' ? (
          <Select
            className={styles.style}
            label={t('templates.style')}
            value={block.style}
            onChange={restyle}
            options={mailStyles.map((value) => ({ value, label: t(`templates.style-${value}`) }))}
          />
        ) : null}
        {block.style === 'button' ? (
          <Select
            className={styles.style}
            label={t('templates.opens')}
            placeholder={t('templates.opens')}
            value={block.link ?? null}
            onChange={(link) => onChange({ ...block, link })}
            options={links.map((value) => ({ value, label: t(`message-field.${value}`) }))}
          />
        ) : null}
        <FieldMenu onChoose={put} />
        <span className={styles.tools}>
          <IconButton
            label={t('templates.up', { name })}
            icon={<ArrowUp size={14} aria-hidden="true" />}
            disabled={first}
            onClick={() => onMove(-1)}
          />
          <IconButton
            label={t('templates.down', { name })}
            icon={<ArrowDown size={14} aria-hidden="true" />}
            disabled={last}
            onClick={() => onMove(1)}
          />
          <IconButton
            label={t('templates.drop', { name })}
            icon={<X size={14} aria-hidden="true" />}
            disabled={first && last}
            onClick={onRemove}
          />
        </span>
      </div>
      <div ref={box}>
        <Field label={name} hideLabel>
          <TextArea
            rows={block.style === 'text' ? 3 : 2}
            maxLength={5_000}
            value={block.text}
            onChange={(event) => onChange({ ...block, text: event.currentTarget.value })}
          />
        </Field>
      </div>
      <ConditionEditor
        condition={block.when}
        onChange={(when) => {
          const { when: _, ...always } = block;
          onChange(when === undefined ? always : { ...always, when });
        }}
      />
      <ProblemList problems={problems} />
    </section>
  );
}
