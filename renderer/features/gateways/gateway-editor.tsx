import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Gateway, GatewayKind, GatewayTestStep } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { FormSection, SectionForm } from '../../components/form-section.tsx';
import { Button, Confirm, Field, Input, Panel, Switch, toast } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { FormField } from './form-field.tsx';
import styles from './gateway-editor.module.css';
import { type FieldPart, fieldParts, gatewayFields } from './gateway-fields.ts';
import {
  checkGatewayForm,
  type GatewayForm,
  gatewayFormOf,
  newGatewayForm,
} from './gateway-form.ts';
import { GatewayStanding } from './gateway-list.tsx';
import { TestSteps } from './test-steps.tsx';

/** One gateway: what the provider's letter says, tried before it is saved. */
export function GatewayEditor({
  kind,
  gateway,
  onChanged,
}: {
  kind: GatewayKind;
  /** null: a new one */
  gateway: Gateway | null;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const [form, setForm] = useState<GatewayForm>(() =>
    gateway ? gatewayFormOf(gateway) : newGatewayForm(kind, t(`gateway-kind.${kind}`)),
  );
  const [tried, setTried] = useState(false);
  const [sendTo, setSendTo] = useState('');
  const [report, setReport] = useState<readonly GatewayTestStep[] | null>(null);
  const save = useCommand('gateway.save');
  const test = useCommand('gateway.test');
  const { settings, gaps } = checkGatewayForm(form);
  const shownGaps = tried ? gaps : {};
  // the form is longer than the window: what is wrong may be out of sight
  const [wrongTurn, setWrongTurn] = useState(0);
  const sections = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrongTurn === 0) return;
    sections.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wrongTurn]);

  const checked = (): boolean => {
    setTried(true);
    if (settings === null) {
      announce(t('gateways.incomplete'), 'assertive');
      setWrongTurn((count) => count + 1);
    }
    return settings !== null;
  };
  const submit = async (): Promise<void> => {
    if (!checked() || settings === null) return;
    const saved = await save.run({
      ...(gateway ? { gatewayId: gateway.gatewayId } : {}),
      settings,
      secrets: { ...form.secrets },
      enabled: form.enabled,
    });
    if (saved === null) return;
    toast('done', t('gateways.saved', { name: saved.settings.name }));
    setForm(gatewayFormOf(saved));
    onChanged();
    navigate('/gateways', { gateway: saved.gatewayId }, { replace: true });
  };
  const tryOut = async (): Promise<void> => {
    if (!checked() || settings === null) return;
    setReport(null);
    const to = sendTo.trim();
    const result = await test.run({
      ...(gateway ? { gatewayId: gateway.gatewayId } : {}),
      settings,
      secrets: { ...form.secrets },
      ...(to === '' ? {} : { sendTo: to }),
    });
    setReport(result?.steps ?? null);
    if (!result) return;
    const bad = result.steps.some(({ state }) => state === 'failed');
    announce(t(bad ? 'gateways.test-bad' : 'gateways.test-good'), 'assertive');
  };
  const set = (values: GatewayForm['values']): void => setForm({ ...form, values });
  const part = (one: FieldPart): React.ReactNode => {
    const fields = gatewayFields[kind].filter((field) => field.part === one);
    return fields.length === 0 ? null : (
      <FormSection
        key={one}
        title={t(`gateways.part-${one}`)}
        text={t(`gateways.part-${one}-text`)}
      >
        {one === 'connection' ? (
          <Field
            label={t('gateways.name')}
            hint={t('gateways.name-hint')}
            error={shownGaps.name ? t('gateways.gap-missing') : null}
          >
            <Input
              maxLength={80}
              value={String(form.values.name ?? '')}
              onChange={(event) => set({ ...form.values, name: event.currentTarget.value })}
            />
          </Field>
        ) : null}
        {fields.map((field) => (
          <FormField
            key={field.name}
            field={field}
            form={form}
            stored={gateway?.secretsSet ?? []}
            gap={shownGaps[field.name]}
            onChange={setForm}
          />
        ))}
        {one === 'receiving' && gateway?.webhookUrl ? (
          <CopyField
            label={t('gateways.webhook')}
            value={gateway.webhookUrl}
            hint={t('gateways.webhook-hint')}
          />
        ) : null}
      </FormSection>
    );
  };

  return (
    <Panel
      flush
      title={gateway?.settings.name ?? t('gateways.new', { kind: t(`gateway-kind.${kind}`) })}
      actions={
        <LinkButton
          look="quiet"
          href={gateway ? toHash('/gateways') : toHash('/gateways', { gateway: 'new' })}
          icon={<ArrowLeft size={14} aria-hidden="true" />}
        >
          {t('gateways.back')}
        </LinkButton>
      }
    >
      {gateway ? (
        <div className={styles.standing}>
          <GatewayStanding state={gateway.state} />
          {gateway.practice ? (
            <Notice tone="accent" title={t('gateways.practice-only')}>
              {t('gateways.practice-only-text')}
            </Notice>
          ) : null}
        </div>
      ) : null}
      <SectionForm
        onSubmit={() => void submit()}
        actions={
          <>
            <Button type="submit" look="primary" disabled={save.busy}>
              {t('gateways.save')}
            </Button>
            <Button disabled={test.busy} onClick={() => void tryOut()}>
              {test.busy ? t('gateways.testing') : t('gateways.test')}
            </Button>
            {gateway ? <Remove gateway={gateway} onRemoved={onChanged} /> : null}
          </>
        }
      >
        <div ref={sections} className={styles.sections}>
          {fieldParts.map(part)}
          <FormSection title={t('gateways.part-use')} text={t('gateways.part-use-text')}>
            <Switch
              label={t('gateways.enabled')}
              hint={t('gateways.enabled-hint')}
              checked={form.enabled}
              onChange={(enabled) => setForm({ ...form, enabled })}
            />
            <Field label={t('gateways.send-to')} hint={t('gateways.send-to-hint')}>
              <Input
                autoComplete="off"
                maxLength={254}
                placeholder={t(kind === 'email' ? 'gateways.no-address' : 'gateways.no-number')}
                value={sendTo}
                onChange={(event) => setSendTo(event.currentTarget.value)}
              />
            </Field>
          </FormSection>
        </div>
        {tried && settings === null ? (
          <p className={styles.wrong} role="alert">
            {t('gateways.incomplete')}
          </p>
        ) : null}
        <TestSteps busy={test.busy} steps={report} sent={sendTo.trim() !== ''} />
      </SectionForm>
    </Panel>
  );
}

function Remove({ gateway, onRemoved }: { gateway: Gateway; onRemoved: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('gateway.remove');
  const remove = async (): Promise<void> => {
    setAsking(false);
    if ((await run({ gatewayId: gateway.gatewayId })) === null) return;
    onRemoved();
    navigate('/gateways', {}, { replace: true });
  };
  return (
    <>
      <Button
        look="quiet"
        className={styles.remove}
        disabled={busy}
        onClick={() => setAsking(true)}
      >
        {t('gateways.remove')}
      </Button>
      <Confirm
        open={asking}
        destructive
        title={t('gateways.remove-question', { name: gateway.settings.name })}
        text={
          gateway.queued === 0
            ? t('gateways.remove-text-none')
            : t('gateways.remove-text', { count: gateway.queued })
        }
        action={t('gateways.remove')}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
