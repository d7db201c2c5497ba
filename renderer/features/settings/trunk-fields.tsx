import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrunkSettings } from '#shared/contract/index.ts';
import { formatPhone } from '../../app/format/index.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { FieldRow, FormSection } from '../../components/form-section.tsx';
import { Combobox, Field, Input, NumberField, Select, Switch } from '../../components/index.ts';
import { countryOptions } from './country-options.ts';
import { dialedNumber, exampleNumbers, shownNumber } from './number-example.ts';
import styles from './trunk-fields.module.css';
import { type TrunkForm, type TrunkFormGap, withHost } from './trunk-form.ts';

interface Props {
  form: TrunkForm;
  onChange: (form: TrunkForm) => void;
  gaps: readonly TrunkFormGap[];
}

/** Everything a carrier tells its customers, in the order in which it stands in their letters. */
export function TrunkFields(props: Props & { hasPassword: boolean }) {
  const { form, onChange } = props;
  const set = (part: Partial<TrunkSettings>): void =>
    onChange({ ...form, settings: { ...form.settings, ...part } });
  return (
    <>
      <Carrier {...props} set={set} />
      <Numbers {...props} set={set} />
      <Network {...props} set={set} />
    </>
  );
}

/** A port is a name, not an amount. */
const ungrouped: Intl.NumberFormatOptions = { useGrouping: false };

interface PartProps extends Props {
  set: (part: Partial<TrunkSettings>) => void;
}

function Carrier({ form, onChange, gaps, set, hasPassword }: PartProps & { hasPassword: boolean }) {
  const { t } = useTranslation();
  const { settings } = form;
  const registers = settings.authentication === 'register';
  return (
    <FormSection title={t('trunk.carrier')} text={t('trunk.carrier-text')}>
      <Field
        label={t('trunk.name')}
        hint={t('trunk.name-hint')}
        error={gaps.includes('name') ? t('trunk.gap-name') : null}
      >
        <Input
          maxLength={80}
          value={settings.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Field>
      <FieldRow>
        <Field
          label={t('trunk.host')}
          hint={t('trunk.host-hint')}
          error={gaps.includes('host') ? t('trunk.gap-host') : null}
        >
          <Input
            spellCheck={false}
            autoComplete="off"
            maxLength={253}
            value={settings.host}
            onChange={(event) =>
              onChange({ ...form, settings: withHost(settings, event.currentTarget.value) })
            }
          />
        </Field>
        <Field label={t('trunk.port')}>
          <NumberField
            value={settings.port}
            format={ungrouped}
            min={1}
            max={65_535}
            onChange={(port) => port !== null && set({ port })}
          />
        </Field>
      </FieldRow>
      <Field
        label={t('trunk.authentication')}
        hint={registers ? t('trunk.register-hint') : t('trunk.address-hint')}
      >
        <Select
          value={settings.authentication}
          onChange={(authentication) => set({ authentication })}
          options={[
            { value: 'register', label: t('trunk.register') },
            { value: 'address', label: t('trunk.address') },
          ]}
        />
      </Field>
      <FieldRow>
        <Field label={t('trunk.user')} error={gaps.includes('user') ? t('trunk.gap-user') : null}>
          <Input
            spellCheck={false}
            autoComplete="off"
            maxLength={128}
            value={settings.user}
            onChange={(event) => set({ user: event.currentTarget.value })}
          />
        </Field>
        <Field
          label={t('trunk.password')}
          hint={hasPassword ? t('trunk.password-kept') : t('trunk.password-hint')}
        >
          <Input
            type="password"
            autoComplete="new-password"
            maxLength={256}
            placeholder={hasPassword ? '••••••••' : ''}
            value={form.password}
            onChange={(event) => onChange({ ...form, password: event.currentTarget.value })}
          />
        </Field>
      </FieldRow>
      <FieldRow>
        <Field label={t('trunk.auth-user')} hint={t('trunk.auth-user-hint')}>
          <Input
            spellCheck={false}
            autoComplete="off"
            maxLength={128}
            value={settings.authUser}
            onChange={(event) => set({ authUser: event.currentTarget.value })}
          />
        </Field>
        <Field label={t('trunk.domain')} hint={t('trunk.domain-hint')}>
          <Input
            spellCheck={false}
            autoComplete="off"
            maxLength={253}
            value={settings.domain}
            onChange={(event) => set({ domain: event.currentTarget.value })}
          />
        </Field>
      </FieldRow>
      <Switch
        label={t('trunk.enabled')}
        hint={t('trunk.enabled-hint')}
        checked={form.enabled}
        onChange={(enabled) => onChange({ ...form, enabled })}
      />
    </FormSection>
  );
}

function Numbers({ form, gaps, set }: PartProps) {
  const { t, i18n } = useTranslation();
  const { settings } = form;
  const countries = useMemo(() => countryOptions(i18n.language), [i18n.language]);
  return (
    <FormSection title={t('trunk.numbers')} text={t('trunk.numbers-text')}>
      <FieldRow>
        <Field label={t('trunk.number-format')}>
          <Select
            value={settings.numberFormat}
            onChange={(numberFormat) => set({ numberFormat })}
            options={[
              { value: 'e164', label: t('trunk.format-e164') },
              { value: 'e164NoPlus', label: t('trunk.format-no-plus') },
              { value: 'national', label: t('trunk.format-national') },
              { value: 'internationalPrefix', label: t('trunk.format-prefix') },
            ]}
          />
        </Field>
        <Field label={t('trunk.country')} hint={t('trunk.country-hint')}>
          <Combobox
            value={settings.country}
            options={countries}
            onChange={(country) => country && set({ country })}
          />
        </Field>
      </FieldRow>
      <Field
        label={t('trunk.dial-prefix')}
        hint={t('trunk.dial-prefix-hint')}
        error={gaps.includes('dialPrefix') ? t('trunk.gap-dial-prefix') : null}
        className={styles.short}
      >
        <Input
          inputMode="tel"
          maxLength={12}
          value={settings.dialPrefix}
          onChange={(event) => set({ dialPrefix: event.currentTarget.value })}
        />
      </Field>
      <Example form={form} />
      <Field label={t('trunk.caller-id-header')} hint={t('trunk.caller-id-header-hint')}>
        <Select
          value={settings.callerIdHeader}
          onChange={(callerIdHeader) => set({ callerIdHeader })}
          options={[
            { value: 'from', label: 'From' },
            { value: 'pAssertedIdentity', label: 'P-Asserted-Identity' },
          ]}
        />
      </Field>
    </FormSection>
  );
}

/** What the carrier will get for a number of this country, for one of another, and as the shown number. */
function Example({ form }: { form: TrunkForm }) {
  const { t } = useTranslation();
  const { own, foreign } = exampleNumbers(form.settings.country);
  const shown = form.callerIds[0]?.e164 || own;
  const rows = [
    { id: 'own', label: t('trunk.example-dial'), from: own, to: dialedNumber(own, form.settings) },
    {
      id: 'foreign',
      label: t('trunk.example-abroad'),
      from: foreign,
      to: dialedNumber(foreign, form.settings),
    },
    {
      id: 'shown',
      label: t('trunk.example-shown'),
      from: shown,
      to: shownNumber(shown, form.settings),
    },
  ];
  return (
    <dl className={styles.example} aria-label={t('trunk.example')}>
      {rows.map((row) => (
        <div key={row.id} className={styles.exampleRow}>
          <dt>
            {row.label} <bdi>{formatPhone(row.from)}</bdi>
          </dt>
          <dd>
            <bdi className={styles.dialed}>{row.to}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const codecs = [
  { codec: 'pcma', key: 'trunk.codec-pcma' },
  { codec: 'pcmu', key: 'trunk.codec-pcmu' },
] as const;

function Network({ form, gaps, set }: PartProps) {
  const { t } = useTranslation();
  const { settings } = form;
  return (
    <FormSection title={t('trunk.network')} text={t('trunk.network-text')}>
      <Nat form={form} gaps={gaps} set={set} />
      <FieldRow>
        <Field label={t('trunk.keep-alive')} hint={t('trunk.keep-alive-hint')}>
          <NumberField
            value={settings.keepAliveMs / 1000}
            min={0}
            max={600}
            unit={t('campaign.seconds-short')}
            onChange={(value) => value !== null && set({ keepAliveMs: Math.round(value * 1000) })}
          />
        </Field>
        <Field label={t('trunk.max-calls')} hint={t('trunk.max-calls-hint')}>
          <NumberField
            value={settings.maxConcurrentCalls}
            min={1}
            max={500}
            onChange={(value) => value !== null && set({ maxConcurrentCalls: value })}
          />
        </Field>
        <Field label={t('trunk.local-port')} hint={t('trunk.local-port-hint')}>
          <NumberField
            value={settings.localPort}
            format={ungrouped}
            min={0}
            max={65_535}
            onChange={(localPort) => localPort !== null && set({ localPort })}
          />
        </Field>
      </FieldRow>
      <fieldset className={styles.codecs}>
        <legend>{t('trunk.codecs')}</legend>
        {codecs.map(({ codec, key }) => (
          <Checkbox
            key={codec}
            label={t(key)}
            checked={settings.codecs.includes(codec)}
            onChange={(chosen) =>
              set({
                codecs: chosen
                  ? [...settings.codecs, codec]
                  : settings.codecs.filter((one) => one !== codec),
              })
            }
          />
        ))}
        {gaps.includes('codecs') ? (
          <p className={styles.wrong}>{t('trunk.gap-codecs')}</p>
        ) : (
          <p className={styles.hint}>{t('trunk.codecs-hint')}</p>
        )}
      </fieldset>
    </FormSection>
  );
}

function Nat({ form, gaps, set }: Omit<PartProps, 'onChange'>) {
  const { t } = useTranslation();
  const { nat } = form.settings;
  return (
    <>
      <Field label={t('trunk.nat')} hint={t('trunk.nat-hint')}>
        <Select
          value={nat.kind}
          onChange={(kind) => {
            if (kind === 'none') set({ nat: { kind } });
            else if (kind === 'stun') set({ nat: { kind, server: '' } });
            else set({ nat: { kind, address: '' } });
          }}
          options={[
            { value: 'none', label: t('trunk.nat-none') },
            { value: 'stun', label: t('trunk.nat-stun') },
            { value: 'publicAddress', label: t('trunk.nat-address') },
          ]}
        />
      </Field>
      {nat.kind === 'stun' ? (
        <Field
          label={t('trunk.nat-server')}
          hint={t('trunk.nat-server-hint')}
          error={gaps.includes('natServer') ? t('trunk.gap-nat-server') : null}
        >
          <Input
            spellCheck={false}
            maxLength={260}
            value={nat.server}
            onChange={(event) => set({ nat: { kind: 'stun', server: event.currentTarget.value } })}
          />
        </Field>
      ) : null}
      {nat.kind === 'publicAddress' ? (
        <Field
          label={t('trunk.nat-public')}
          hint={t('trunk.nat-public-hint')}
          error={gaps.includes('natAddress') ? t('trunk.gap-nat-address') : null}
        >
          <Input
            spellCheck={false}
            maxLength={64}
            value={nat.address}
            onChange={(event) =>
              set({ nat: { kind: 'publicAddress', address: event.currentTarget.value } })
            }
          />
        </Field>
      ) : null}
    </>
  );
}
