import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListStrategy } from '#shared/contract/index.ts';
import { Button, IconButton, Menu } from '../../components/index.ts';
import { propertyText, strategyProperties, strengthText } from './strategy-words.ts';
import styles from './weight-sliders.module.css';

type Weights = ListStrategy['weights'];

/** What brings a debtor forward or back, each with a slider and a word for where it stands. */
export function WeightSliders({
  label,
  weights,
  onChange,
}: {
  /** of which weights: there can be several groups on a page */
  label: string;
  weights: Weights;
  onChange: (weights: Weights) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const shown = strategyProperties.filter((property) => weights[property] !== undefined);
  const offered = strategyProperties.filter((property) => weights[property] === undefined);
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">{label}</legend>
      {shown.length === 0 ? <p className={styles.none}>{t('strategy.no-weights')}</p> : null}
      {shown.map((property) => {
        const weight = weights[property] ?? 0;
        const name = propertyText(property, t);
        return (
          <div key={property} className={styles.row}>
            <label className={styles.name} htmlFor={`${id}-${property}`}>
              {name}
            </label>
            <input
              id={`${id}-${property}`}
              className={styles.input}
              type="range"
              min={-100}
              max={100}
              step={5}
              value={weight}
              aria-valuetext={strengthText(weight, t)}
              onChange={(event) =>
                onChange({ ...weights, [property]: Number(event.currentTarget.value) })
              }
            />
            <output className={styles.word} htmlFor={`${id}-${property}`}>
              {strengthText(weight, t)}
            </output>
            <IconButton
              label={t('strategy.remove-weight', { name })}
              icon={<X size={14} aria-hidden="true" />}
              onClick={() => {
                const { [property]: _, ...rest } = weights;
                onChange(rest);
              }}
            />
          </div>
        );
      })}
      {offered.length === 0 ? null : (
        <Menu
          trigger={
            <Button look="quiet" icon={<Plus size={14} aria-hidden="true" />}>
              {t('strategy.add-weight')}
            </Button>
          }
          items={offered.map((property) => ({
            id: property,
            label: propertyText(property, t),
            onSelect: () => onChange({ ...weights, [property]: 50 }),
          }))}
        />
      )}
    </fieldset>
  );
}
