import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Gateway, MessageChannel, MessageSettings } from '#shared/contract/index.ts';
import type { GatewayId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { languageNames } from '../../app/i18n.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { FormSection, SectionForm } from '../../components/form-section.tsx';
import {
  Button,
  Field,
  Input,
  NumberField,
  Panel,
  Select,
  TextArea,
  toast,
} from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { useLater } from '../rules/use-later.ts';
import styles from './message-settings-tab.module.css';

const channels: readonly MessageChannel[] = ['sms', 'mms', 'email'];
const languages = ['en', 'pl', 'ru', 'zh'] as const;
const payLinkFields = [
  'debtReference',
  'debtorReference',
  'amount',
  'amountMinor',
  'currency',
] as const;

/** What holds for all messages: which gateway carries what, where debtors pay, how they say no. */
export function MessageSettingsTab() {
  const settings = useQueryData('message.get-settings', {});
  const gateways = useQueryData('gateway.list', {});
  return (
    <Loaded data={settings} lines={10}>
      {(value) => (
        <SettingsForm
          key={JSON.stringify(value)}
          settings={value}
          gateways={gateways.value?.gateways ?? []}
          onSaved={settings.reload}
        />
      )}
    </Loaded>
  );
}

function SettingsForm({
  settings,
  gateways,
  onSaved,
}: {
  settings: MessageSettings;
  gateways: readonly Gateway[];
  onSaved: () => void;
}) {
  const { t } = useTranslation();
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');
  const [form, setForm] = useState(settings);
  const { run, busy } = useCommand('message.set-settings');
  const change = (part: Partial<MessageSettings>): void => setForm({ ...form, ...part });
  const submit = async (): Promise<void> => {
    if ((await run(form)) === null) return;
    toast('done', t('gateways.settings-saved'));
    onSaved();
  };
  return (
    <Panel title={t('gateways.settings')} flush>
      <SectionForm
        onSubmit={() => void submit()}
        actions={
          mayEdit ? (
            <Button type="submit" look="primary" disabled={busy}>
              {t('common.save')}
            </Button>
          ) : (
            <p className={styles.note}>{t('gateways.settings-admin')}</p>
          )
        }
      >
        <FormSection title={t('gateways.usual-title')} text={t('gateways.usual-text')}>
          {channels.map((channel) => (
            <UsualGateway
              key={channel}
              channel={channel}
              gateways={gateways}
              value={form.defaultGateways[channel] ?? ''}
              disabled={!mayEdit}
              onChange={(gatewayId) => {
                const { [channel]: _, ...others } = form.defaultGateways;
                change({
                  defaultGateways:
                    gatewayId === '' ? others : { ...others, [channel]: gatewayId as GatewayId },
                });
              }}
            />
          ))}
        </FormSection>
        <FormSection title={t('gateways.pay-title')} text={t('gateways.pay-text')}>
          <PayLink
            pattern={form.payLinkPattern}
            disabled={!mayEdit}
            onChange={(payLinkPattern) => change({ payLinkPattern })}
          />
        </FormSection>
        <FormSection title={t('gateways.public-title')} text={t('gateways.public-text')}>
          <Field label={t('gateways.public-url')} hint={t('gateways.public-url-hint')}>
            <Input
              type="url"
              maxLength={300}
              disabled={!mayEdit}
              placeholder="https://"
              value={form.publicBaseUrl}
              onChange={(event) => change({ publicBaseUrl: event.currentTarget.value })}
            />
          </Field>
          <Field label={t('gateways.link-days')} className={styles.short}>
            <NumberField
              value={form.documentLinkDays}
              min={1}
              max={365}
              disabled={!mayEdit}
              unit={t('gateways.unit-days')}
              onChange={(days) => days !== null && change({ documentLinkDays: days })}
            />
          </Field>
        </FormSection>
        <FormSection title={t('gateways.opt-out-title')} text={t('gateways.opt-out-text')}>
          {languages.map((language) => (
            <Field key={language} label={languageNames[language]}>
              <TextArea
                rows={1}
                maxLength={300}
                lang={language}
                disabled={!mayEdit}
                value={form.optOutText[language] ?? ''}
                onChange={(event) => {
                  const words = event.currentTarget.value;
                  const { [language]: _, ...others } = form.optOutText;
                  change({
                    optOutText: words === '' ? others : { ...others, [language]: words },
                  });
                }}
              />
            </Field>
          ))}
        </FormSection>
        <FormSection title={t('gateways.free-title')} text={t('gateways.free-text')}>
          <Field label={t('gateways.free')} className={styles.short}>
            <Select
              value={form.freeText}
              disabled={!mayEdit}
              options={(['everyone', 'leads', 'nobody'] as const).map((value) => ({
                value,
                label: t(`gateways.free-${value}`),
              }))}
              onChange={(freeText) => change({ freeText })}
            />
          </Field>
        </FormSection>
      </SectionForm>
    </Panel>
  );
}

function UsualGateway({
  channel,
  gateways,
  value,
  disabled,
  onChange,
}: {
  channel: MessageChannel;
  gateways: readonly Gateway[];
  value: string;
  disabled: boolean;
  onChange: (gatewayId: string) => void;
}) {
  const { t } = useTranslation();
  const fitting = gateways.filter((one) => one.channels.includes(channel));
  return (
    <Field
      label={t(`channel.${channel}`)}
      hint={fitting.length === 0 ? t('gateways.none-carries') : ''}
      className={styles.short}
    >
      <Select
        value={value}
        disabled={disabled || fitting.length === 0}
        onChange={onChange}
        options={[
          { value: '', label: t('gateways.first-on') },
          ...fitting.map((one) => ({
            value: one.gatewayId as string,
            label: one.enabled
              ? one.settings.name
              : t('gateways.off-named', { name: one.settings.name }),
          })),
        ]}
      />
    </Field>
  );
}

/** The pattern, and what it makes of a debt that is made up, while one types. */
function PayLink({
  pattern,
  disabled,
  onChange,
}: {
  pattern: string;
  disabled: boolean;
  onChange: (pattern: string) => void;
}) {
  const { t } = useTranslation();
  const rested = useLater(pattern.trim(), 300);
  const tried = useQueryData(
    'message.try-pay-link',
    rested === '' ? null : { pattern: rested, currency: 'PLN' },
  );
  const settled = rested === pattern.trim() && rested !== '';
  return (
    <>
      <Field
        label={t('gateways.pay-pattern')}
        hint={t('gateways.pay-pattern-hint')}
        error={settled && tried.state === 'failed' ? errorText(tried.error, t) : null}
      >
        <Input
          spellCheck={false}
          maxLength={500}
          disabled={disabled}
          className={styles.mono}
          placeholder="https://pay.example/{debtReference}?amount={amount}"
          value={pattern}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Field>
      <p className={styles.fields}>
        {payLinkFields.map((field) => (
          <Button
            key={field}
            look="quiet"
            disabled={disabled}
            className={styles.mono}
            aria-label={t('gateways.insert-field', { field: `{${field}}` })}
            onClick={() => onChange(`${pattern}{${field}}`)}
          >
            {`{${field}}`}
          </Button>
        ))}
      </p>
      {settled && tried.state === 'ready' ? (
        <p className={styles.tried} data-tried-link="">
          <span className={styles.note}>{t('gateways.pay-tried')}</span>
          <code className={styles.link}>{tried.value.url}</code>
        </p>
      ) : null}
    </>
  );
}
