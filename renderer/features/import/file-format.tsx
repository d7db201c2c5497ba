import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImportKind, type ImportMapping, importMapping } from '#shared/contract/index.ts';
import { regionLabel } from '../../app/format/names.ts';
import { toHash } from '../../app/router.ts';
import { Combobox, Field, Panel, Select, Switch } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import styles from './file-format.module.css';
import { withFormat } from './mapping-state.ts';
import { countries, currencies } from './places.ts';

const delimiterKeys: Record<ImportMapping['delimiter'], string> = {
  ';': 'import.delimiter-semicolon',
  ',': 'import.delimiter-comma',
  '\t': 'import.delimiter-tab',
  '|': 'import.delimiter-bar',
};
const dateKeys: Record<ImportMapping['dateOrder'], string> = {
  dayFirst: 'import.date-day-first',
  monthFirst: 'import.date-month-first',
  yearFirst: 'import.date-year-first',
};
const encodingKeys: Record<ImportMapping['encoding'], string> = {
  'utf-8': 'import.encoding-utf-8',
  'windows-1250': 'import.encoding-windows-1250',
  'windows-1251': 'import.encoding-windows-1251',
  'utf-16le': 'import.encoding-utf-16le',
  'iso-8859-2': 'import.encoding-iso-8859-2',
  cp852: 'import.encoding-cp852',
};

/** How the bytes of the file are read. Everything was guessed; everything can be said otherwise. */
export function FileFormat({
  kind,
  mapping,
  sheets,
  templates,
  columnsChosen,
  fileName,
  rows,
  onChange,
}: {
  kind: ImportKind;
  mapping: ImportMapping;
  /** of a spreadsheet */
  sheets: readonly string[];
  templates: ReactNode;
  /** a person has said what the columns mean */
  columnsChosen: boolean;
  fileName: string;
  rows: number | null;
  onChange: (mapping: ImportMapping) => void;
}) {
  const { t, i18n } = useTranslation();
  const change = (part: Partial<ImportMapping>): void => onChange({ ...mapping, ...part });
  const reread = (part: Parameters<typeof withFormat>[1]): void =>
    onChange(withFormat(mapping, part, columnsChosen));
  const format = mapping.format ?? 'csv';
  // a statement writes amounts and dates in one way only
  const hasAmounts = format !== 'mt940' && kind !== 'doNotCall' && kind !== 'agencyHistory';
  const hasDates = format !== 'mt940' && kind !== 'doNotCall';
  const hasNumbers = kind !== 'payments' && kind !== 'bankStatement';
  const countryOptions = useMemo(
    () =>
      countries.map((value) => ({
        value,
        label: `${regionLabel(value, i18n.language)} (${value})`,
      })),
    [i18n.language],
  );
  const currencyOptions = useMemo(() => currenciesFor(i18n.language), [i18n.language]);
  return (
    <Panel title={t('import.format')}>
      <div className={styles.fields}>
        <p className={styles.file}>
          {fileName}
          <span className={styles.faint}>
            {rows === null ? t('import.rows-unknown') : t('import.rows', { count: rows })}
          </span>
        </p>
        {templates}
        {sheets.length > 1 ? (
          <Field label={t('import.sheet')}>
            <Select
              value={mapping.sheet ?? sheets[0] ?? ''}
              onChange={(sheet) => reread({ sheet })}
              options={sheets.map((value) => ({ value, label: value }))}
            />
          </Field>
        ) : null}
        {format === 'xlsx' ? null : (
          <Field label={t('import.encoding')} hint={t('import.encoding-hint')}>
            <Select
              value={mapping.encoding}
              onChange={(encoding) => reread({ encoding })}
              options={importMapping.shape.encoding.options.map((value) => ({
                value,
                label: t(encodingKeys[value]),
              }))}
            />
          </Field>
        )}
        {format === 'csv' ? (
          <Field label={t('import.delimiter')}>
            <Select
              value={mapping.delimiter}
              onChange={(delimiter) => reread({ delimiter })}
              options={importMapping.shape.delimiter.options.map((value) => ({
                value,
                label: t(delimiterKeys[value]),
              }))}
            />
          </Field>
        ) : null}
        {hasAmounts ? (
          <Field label={t('import.decimal')}>
            <Select
              value={mapping.decimalSeparator}
              onChange={(decimalSeparator) => change({ decimalSeparator })}
              options={[
                { value: ',' as const, label: '1234,50' },
                { value: '.' as const, label: '1234.50' },
              ]}
            />
          </Field>
        ) : null}
        {hasDates ? (
          <Field label={t('import.date-order')}>
            <Select
              value={mapping.dateOrder}
              onChange={(dateOrder) => change({ dateOrder })}
              options={importMapping.shape.dateOrder.options.map((value) => ({
                value,
                label: t(dateKeys[value]),
              }))}
            />
          </Field>
        ) : null}
        {hasNumbers ? (
          <Field label={t('import.country')} hint={t('import.country-hint')}>
            <Combobox
              value={mapping.defaultCountry}
              options={countryOptions}
              onChange={(defaultCountry) => defaultCountry && change({ defaultCountry })}
            />
          </Field>
        ) : null}
        {hasAmounts ? (
          <Field label={t('import.currency')} hint={t('import.currency-hint')}>
            <Combobox
              value={mapping.defaultCurrency}
              options={currencyOptions}
              onChange={(defaultCurrency) => defaultCurrency && change({ defaultCurrency })}
            />
          </Field>
        ) : null}
        {format === 'mt940' ? null : (
          <Switch
            label={t('import.has-header')}
            checked={mapping.hasHeader}
            onChange={(hasHeader) => reread({ hasHeader })}
          />
        )}
        <LinkButton look="quiet" href={toHash('/import', { kind })}>
          {t('import.other-file')}
        </LinkButton>
      </div>
    </Panel>
  );
}

function currenciesFor(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' });
  return currencies.map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}
