import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '#shared/util/index.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Button, classNames, Input } from '../../components/index.ts';
import styles from './choice-list.module.css';

/** More than this are found by typing. */
const readAtAGlance = 10;

/** Several of many. What is chosen stands first and stays in sight. */
export function ChoiceList<Value extends string>({
  options,
  chosen,
  onChange,
  addable = false,
  tall = false,
}: {
  options: readonly { value: Value; label: string }[];
  chosen: readonly Value[];
  onChange: (values: Value[]) => void;
  /** what was typed can be taken although it is not offered */
  addable?: boolean;
  /** the page around it scrolls */
  tall?: boolean;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const wanted = foldText(typed);
  const known = new Set(options.map((option) => option.value));
  const all = [
    ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value })),
    ...options,
  ];
  const shown = all.filter((option) => wanted === '' || foldText(option.label).includes(wanted));
  const toggle = (value: Value, take: boolean): void =>
    onChange(take ? [...chosen, value] : chosen.filter((one) => one !== value));
  return (
    <div className={styles.choices}>
      {all.length > readAtAGlance || addable ? (
        <Input
          type="search"
          aria-label={t('filter.find-choice')}
          placeholder={t('filter.find-choice')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <ul className={classNames(styles.list, tall && styles.tall)}>
        {shown.slice(0, 100).map((option) => (
          <li key={option.value}>
            <Checkbox
              label={option.label}
              checked={chosen.includes(option.value)}
              onChange={(take) => toggle(option.value, take)}
            />
          </li>
        ))}
        {shown.length === 0 ? <li className={styles.none}>{t('common.nothing-found')}</li> : null}
      </ul>
      {addable && shown.length === 0 && typed.trim() !== '' ? (
        <Button
          onClick={() => {
            toggle(typed.trim() as Value, true);
            setTyped('');
          }}
        >
          {t('filter.take', { value: typed.trim() })}
        </Button>
      ) : null}
    </div>
  );
}
