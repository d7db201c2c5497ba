import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useTranslation } from 'react-i18next';
import type { ImportKind } from '#shared/contract/index.ts';
import styles from './kind-choice.module.css';
import { importKinds, kindIcon } from './kinds.tsx';

/** What the file holds: decides which columns are offered and what is done with them. */
export function KindChoice({
  value,
  onChange,
}: {
  value: ImportKind;
  onChange: (kind: ImportKind) => void;
}) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      value={value}
      onValueChange={(next) => onChange(next as ImportKind)}
      aria-label={t('import.kind')}
      className={styles.kinds}
    >
      {importKinds.map((kind) => (
        <Radio.Root
          key={kind}
          value={kind}
          className={styles.kind}
          nativeButton
          render={<button type="button" />}
        >
          <span className={styles.icon}>{kindIcon(kind, 18)}</span>
          <span className={styles.name}>{t(`import.kind-${kind}`)}</span>
          <span className={styles.text}>{t(`import.kind-${kind}-text`)}</span>
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
