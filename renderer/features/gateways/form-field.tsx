import { useTranslation } from 'react-i18next';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  Combobox,
  Field,
  Input,
  NumberField,
  Select,
  Switch,
  TextArea,
} from '../../components/index.ts';
import styles from './form-field.module.css';
import { fieldKey, type GatewayField } from './gateway-fields.ts';
import { type FormGap, type GatewayForm, withHost } from './gateway-form.ts';

interface Props<Kind extends GatewayField = GatewayField> {
  field: Kind;
  form: GatewayForm;
  /** names of the secrets that are stored */
  stored: readonly string[];
  gap: FormGap | undefined;
  onChange: (form: GatewayForm) => void;
}

/** A setting as a field: its words come from its name, its shape from its kind. */
export function FormField(props: Props) {
  const { field } = props;
  switch (field.type) {
    case 'secret':
      return <SecretField {...props} field={field} />;
    case 'tls':
      return <TlsFields {...props} field={field} />;
    case 'switch':
      return <SwitchField {...props} field={field} />;
    case 'serialPort':
      return <SerialPortField {...props} field={field} />;
    default:
      return <ValueField {...props} field={field} />;
  }
}

/** Label and hint of a field; a field without a hint has none in the locales. */
function useFieldWords({ field, form, gap }: Pick<Props, 'field' | 'form' | 'gap'>) {
  const { t } = useTranslation();
  const key = fieldKey(form.kind, field.name);
  const error =
    gap === undefined
      ? null
      : gap === 'missing'
        ? t('gateways.gap-missing')
        : t(`gateway-field.${field.name}-wrong`, { defaultValue: t('gateways.gap-wrong') });
  return {
    label: t(`gateway-field.${key}`),
    hint: t(`gateway-field.${key}-hint`, { defaultValue: '' }),
    error,
  };
}

function ValueField({
  field,
  form,
  gap,
  onChange,
}: Props<Extract<GatewayField, { type: 'text' | 'number' | 'choice' | 'senders' }>>) {
  const { t } = useTranslation();
  const words = useFieldWords({ field, form, gap });
  const value = form.values[field.name];
  const set = (next: unknown): void =>
    onChange({ ...form, values: { ...form.values, [field.name]: next } });
  if (field.type === 'number') {
    const scale = field.scale ?? 1;
    return (
      <Field {...words} className={styles.short}>
        <NumberField
          value={Number(value ?? 0) / scale}
          min={field.min}
          max={field.max}
          {...(field.step ? { step: field.step } : {})}
          {...(field.unit ? { unit: t(`gateways.unit-${field.unit}`) } : {})}
          {...(field.ungrouped ? { format: { useGrouping: false } } : {})}
          onChange={(next) => next !== null && set(Math.round(next * scale * 1_000) / 1_000)}
        />
      </Field>
    );
  }
  if (field.type === 'choice') {
    return (
      <Field {...words} className={styles.short}>
        <Select
          value={String(value)}
          onChange={set}
          options={field.options.map((option) => ({
            value: option,
            label: t(`gateway-choice.${field.name}-${option}`, {
              defaultValue: t(`gateway-choice.${option}`),
            }),
          }))}
        />
      </Field>
    );
  }
  if (field.type === 'senders') {
    return (
      <Field {...words} className={styles.short}>
        <TextArea
          rows={2}
          spellCheck={false}
          value={(value as string[] | undefined)?.join('\n') ?? ''}
          onChange={(event) => set(event.currentTarget.value.split('\n'))}
        />
      </Field>
    );
  }
  const isHost = field.name === 'host' || field.name.endsWith('Host');
  return (
    <Field {...words}>
      <Input
        spellCheck={false}
        autoComplete="off"
        maxLength={300}
        className={field.monospace ? styles.mono : ''}
        placeholder={field.placeholder ?? ''}
        value={String(value ?? '')}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          if (isHost) onChange({ ...form, values: withHost(form.values, field.name, typed) });
          else set(typed);
        }}
      />
    </Field>
  );
}

/** Write only: what is stored is never shown, it stays until another is typed or it is removed. */
function SecretField({
  field,
  form,
  stored,
  gap,
  onChange,
}: Props<Extract<GatewayField, { type: 'secret' }>>) {
  const { t } = useTranslation();
  const words = useFieldWords({ field, form, gap });
  const typed = form.secrets[field.name];
  const isStored = stored.includes(field.name);
  const removed = typed === '' && isStored;
  const set = (value: string | null): void => {
    const { [field.name]: _, ...others } = form.secrets;
    onChange({ ...form, secrets: value === null ? others : { ...others, [field.name]: value } });
  };
  const shared = {
    autoComplete: 'new-password',
    placeholder: isStored && !removed ? '••••••••' : '',
    value: typed ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      set(event.currentTarget.value === '' ? null : event.currentTarget.value),
  };
  return (
    <div className={styles.secret}>
      <Field
        {...words}
        className={styles.grow}
        hint={
          removed
            ? t('gateways.secret-removed')
            : isStored
              ? t('gateways.secret-kept')
              : words.hint || t('gateways.secret-hint')
        }
      >
        {field.multiline ? (
          <TextArea {...shared} rows={3} spellCheck={false} className={styles.mono} />
        ) : (
          <Input {...shared} type="password" maxLength={10_000} />
        )}
      </Field>
      {isStored ? (
        <Button
          look="quiet"
          aria-label={t(removed ? 'gateways.keep-secret-name' : 'gateways.drop-secret-name', {
            name: words.label,
          })}
          onClick={() => set(removed ? null : '')}
        >
          {t(removed ? 'gateways.keep-secret' : 'gateways.drop-secret')}
        </Button>
      ) : null}
    </div>
  );
}

function SwitchField({
  field,
  form,
  gap,
  onChange,
}: Props<Extract<GatewayField, { type: 'switch' }>>) {
  const { label, hint } = useFieldWords({ field, form, gap });
  return (
    <Switch
      label={label}
      {...(hint ? { hint } : {})}
      checked={form.values[field.name] === true}
      onChange={(checked) =>
        onChange({ ...form, values: { ...form.values, [field.name]: checked } })
      }
    />
  );
}

interface Tls {
  authority?: string;
  verify: boolean;
}

/** Encryption: whether, whom to believe, and what it means to believe everybody. */
function TlsFields({ field, form, onChange }: Props<Extract<GatewayField, { type: 'tls' }>>) {
  const { t } = useTranslation();
  const tls = form.values.tls as Tls | undefined;
  const on = tls !== undefined || !field.optional;
  const now: Tls = tls ?? { verify: true };
  const set = (next: Tls | undefined): void => {
    const { tls: _, ...others } = form.values;
    onChange({ ...form, values: next === undefined ? others : { ...others, tls: next } });
  };
  return (
    <>
      {field.optional ? (
        <Switch
          label={t('gateway-field.tls')}
          hint={t('gateway-field.tls-hint')}
          checked={on}
          onChange={(checked) => set(checked ? { verify: true } : undefined)}
        />
      ) : null}
      {on ? (
        <>
          <Switch
            label={t('gateway-field.tls-verify')}
            hint={t(now.verify ? 'gateway-field.tls-verify-hint' : 'gateway-field.tls-verify-off')}
            checked={now.verify}
            onChange={(verify) => set({ ...now, verify })}
          />
          {now.verify ? (
            <Field
              label={t('gateway-field.tls-authority')}
              hint={t('gateway-field.tls-authority-hint')}
            >
              <TextArea
                rows={2}
                spellCheck={false}
                className={styles.mono}
                placeholder="-----BEGIN CERTIFICATE-----"
                value={now.authority ?? ''}
                onChange={(event) => {
                  const authority = event.currentTarget.value;
                  const { authority: _, ...others } = now;
                  set(authority.trim() === '' ? others : { ...others, authority });
                }}
              />
            </Field>
          ) : null}
        </>
      ) : null}
    </>
  );
}

/** Ports that this machine has, or one typed by hand: a port on the network, or a modem that is not plugged in yet. */
function SerialPortField({
  field,
  form,
  gap,
  onChange,
}: Props<Extract<GatewayField, { type: 'serialPort' }>>) {
  const { t } = useTranslation();
  const words = useFieldWords({ field, form, gap });
  const listed = useQueryData('gateway.list-ports', {});
  const value = String(form.values[field.name] ?? '');
  const set = (next: string): void =>
    onChange({ ...form, values: { ...form.values, [field.name]: next } });
  const ports = listed.value?.ports ?? [];
  return (
    <>
      {ports.length > 0 ? (
        <Field label={t('gateways.found-ports')}>
          <Combobox
            value={value || null}
            placeholder={t('gateways.choose-port')}
            options={ports.map(({ path, label }) => ({
              value: path,
              label: label ? `${path} · ${label}` : path,
            }))}
            onChange={(path) => set(path ?? '')}
          />
        </Field>
      ) : (
        <p className={styles.note}>
          {t(listed.value === null ? 'gateways.looking-for-ports' : 'gateways.no-ports')}{' '}
          {listed.value === null ? null : (
            <Button look="quiet" onClick={listed.reload}>
              {t('gateways.look-again')}
            </Button>
          )}
        </p>
      )}
      <Field {...words} className={styles.short}>
        <Input
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          className={styles.mono}
          placeholder="/dev/ttyUSB0 · COM3 · tcp://192.0.2.7:2001"
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      </Field>
    </>
  );
}
