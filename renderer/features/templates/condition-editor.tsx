import { GitBranch, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type MessageCondition,
  type MessageField,
  messageField,
  messageFieldTypes,
} from '#shared/contract/index.ts';
import { Button, IconButton, NumberField, Select } from '../../components/index.ts';
import styles from './condition-editor.module.css';
import { comparable } from './template-draft.ts';

/** amounts are typed as people write them and kept in minor units */
const minorPerMajor = 100;

/** When a block is written at all: always, unless a fact of the debtor decides. */
export function ConditionEditor({
  condition,
  onChange,
}: {
  condition: MessageCondition | undefined;
  /** undefined: always */
  onChange: (condition: MessageCondition | undefined) => void;
}) {
  const { t } = useTranslation();
  if (condition === undefined) {
    return (
      <Button
        look="quiet"
        className={styles.add}
        icon={<GitBranch size={14} aria-hidden="true" />}
        onClick={() => onChange({ field: 'payment.link', is: 'present' })}
      >
        {t('templates.add-condition')}
      </Button>
    );
  }
  const { field, is, than } = condition;
  const kinds: MessageCondition['is'][] = comparable(field)
    ? ['present', 'absent', 'more', 'less']
    : ['present', 'absent'];
  const money = messageFieldTypes[field] === 'amount';
  const unit = money ? minorPerMajor : 1;
  const compares = is === 'more' || is === 'less';
  return (
    <div className={styles.condition}>
      <span>{t('templates.only-when')}</span>
      <Select
        className={styles.field}
        label={t('templates.condition-field')}
        value={field}
        onChange={(next: MessageField) =>
          onChange(
            comparable(next)
              ? { ...condition, field: next }
              : { field: next, is: is === 'absent' ? 'absent' : 'present' },
          )
        }
        options={messageField.options.map((value) => ({
          value,
          label: t(`message-field.${value}`),
        }))}
      />
      <Select
        className={styles.kind}
        label={t('templates.condition-is')}
        value={is}
        onChange={(next) =>
          onChange(
            next === 'more' || next === 'less'
              ? { field, is: next, than: than ?? 0 }
              : { field, is: next },
          )
        }
        options={kinds.map((value) => ({ value, label: t(`templates.is-${value}`) }))}
      />
      {compares ? (
        <NumberField
          label={t('templates.condition-than')}
          min={0}
          value={(than ?? 0) / unit}
          onChange={(value) => onChange({ field, is, than: Math.round((value ?? 0) * unit) })}
        />
      ) : null}
      <IconButton
        label={t('templates.always')}
        icon={<X size={14} aria-hidden="true" />}
        onClick={() => onChange(undefined)}
      />
    </div>
  );
}
