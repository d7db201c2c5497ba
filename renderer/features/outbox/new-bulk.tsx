import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput, MessageBulk } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { formatDateTime, fromLocalField, toLocalField } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  Confirm,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Panel,
  Select,
  Skeleton,
} from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { OptionalNumber } from '../campaigns/optional-number.tsx';
import { ScopeConditions, ScopeFields } from '../portfolio/scope-fields.tsx';
import { useScopeChoice } from '../portfolio/use-scope-choice.ts';
import { useLater } from '../rules/use-later.ts';
import { templateName } from '../templates/sample-name.ts';
import { Estimate, TemplateNotes } from './bulk-estimate.tsx';
import { mayStart } from './bulk-words.ts';
import styles from './many-tab.module.css';

const ways = ['portfolio', 'campaign', 'filter'] as const;
/** as the list of templates has them */
const channels = ['sms', 'mms', 'email'] as const;

type Asked = CommandInput<'message.estimate-many'>;

/** Who gets which template and when. What would come of it stands on the page before anything can be started. */
export function NewBulk({ onStarted }: { onStarted: (bulk: MessageBulk) => void }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const templates = useQueryData('template.list', {});
  const gateways = useQueryData('gateway.list', {}).value?.gateways ?? [];
  const [templateId, setTemplateId] = useState('');
  const chosen = useScopeChoice('portfolio');
  const [gatewayId, setGatewayId] = useState('');
  const [later, setLater] = useState<string | null>(null);
  const [perMinute, setPerMinute] = useState<number | null>(null);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('message.send-many');

  const usable = channels.flatMap((channel) =>
    (templates.value?.templates ?? []).filter(
      (one) => one.channel === channel && (one.state === 'published' || one.state === 'edited'),
    ),
  );
  const template = usable.find((one) => one.templateId === templateId) ?? null;
  const dueAt = later === null ? null : fromLocalField(later);
  const past = later !== null && (dueAt === null || dueAt <= clock.now());
  const { scope } = chosen;
  const wanted: Asked | null =
    template === null || scope === null || past
      ? null
      : {
          templateId: template.templateId,
          scope,
          perMinute,
          ...(gatewayId === '' ? {} : { gatewayId: gatewayId as never }),
          ...(dueAt === null ? {} : { dueAt }),
        };
  const key = wanted === null ? '' : JSON.stringify(wanted);
  const rested = useLater(key, 300);
  const estimate = useQueryData(
    'message.estimate-many',
    rested === '' ? null : (JSON.parse(rested) as Asked),
  );
  const settled = key !== '' && rested === key;
  const known = settled && estimate.state === 'ready' ? estimate.value : null;
  const scopeName = chosen.choice.whose === 'filter' ? t('message-many.whose-filter') : chosen.name;
  const proposed =
    template && scopeName
      ? `${templateName(t, template.templateId, template.name)} · ${scopeName}`
      : '';
  const name = typedName ?? proposed.slice(0, 120);
  const start = async (): Promise<void> => {
    setAsking(false);
    if (wanted === null || known === null) return;
    const bulk = await run({ ...wanted, name: name.trim() });
    if (bulk === null) return;
    announce(t('message-many.started', { name: bulk.name }));
    setTypedName(null);
    setTemplateId('');
    onStarted(bulk);
  };

  if (templates.value !== null && usable.length === 0) {
    return (
      <Panel title={t('message-many.new')}>
        <EmptyState
          title={t('message-many.no-template')}
          text={t('message-many.no-template-text')}
          action={
            <LinkButton href={toHash('/templates')}>{t('message-many.to-templates')}</LinkButton>
          }
        />
      </Panel>
    );
  }
  return (
    <Panel title={t('message-many.new')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (known !== null && mayStart(known) && name.trim() !== '') setAsking(true);
        }}
      >
        <Field label={t('message-many.template')}>
          <Select
            value={templateId || null}
            placeholder={t('message-many.choose')}
            options={usable.map((one) => ({
              value: one.templateId as string,
              label: `${t(`channel.${one.channel}`)} · ${templateName(t, one.templateId, one.name)}`,
            }))}
            onChange={setTemplateId}
          />
        </Field>
        {template ? <TemplateNotes template={template} /> : null}
        <div className={styles.row}>
          <ScopeFields
            of={chosen}
            label={t('message-many.whose')}
            ways={ways.map((value) => ({ value, label: t(`message-many.whose-${value}`) }))}
          />
        </div>
        <ScopeConditions of={chosen} />
        <div className={styles.row}>
          <Field label={t('message-many.when')}>
            <Select
              value={later === null ? 'now' : 'later'}
              options={(['now', 'later'] as const).map((value) => ({
                value,
                label: t(`message-many.when-${value}`),
              }))}
              onChange={(value) =>
                setLater(value === 'now' ? null : toLocalField(clock.now() + 3_600_000))
              }
            />
          </Field>
          {later === null ? null : (
            <Field
              label={t('message-many.begin')}
              error={past ? t('inbox.snooze-past') : null}
              hint={dueAt === null || past ? '' : formatDateTime(dueAt, i18n.language)}
            >
              <Input
                type="datetime-local"
                value={later}
                onChange={(event) => setLater(event.currentTarget.value)}
              />
            </Field>
          )}
          <Field label={t('message-many.gateway')}>
            <Select
              value={gatewayId}
              options={[
                { value: '', label: t('message-many.usual-gateway') },
                ...gateways
                  .filter(
                    (one) => one.enabled && (!template || one.channels.includes(template.channel)),
                  )
                  .map((one) => ({ value: one.gatewayId as string, label: one.settings.name })),
              ]}
              onChange={setGatewayId}
            />
          </Field>
        </div>
        <OptionalNumber
          label={t('message-many.per-minute')}
          hint={t('message-many.per-minute-hint')}
          value={perMinute}
          fallback={60}
          min={1}
          max={100_000}
          onChange={setPerMinute}
        />
        {wanted === null ? (
          <p className={styles.faint}>{t('message-many.choose-both')}</p>
        ) : settled && estimate.state === 'failed' ? (
          <ErrorState text={errorText(estimate.error, t)} onRetry={estimate.reload} />
        ) : estimate.value === null ? (
          <Skeleton lines={3} />
        ) : (
          <Estimate estimate={estimate.value} busy={known === null} />
        )}
        <Field label={t('message-many.name')} hint={t('message-many.name-hint')}>
          <Input
            maxLength={120}
            value={name}
            onChange={(event) => setTypedName(event.currentTarget.value)}
          />
        </Field>
        <div className={styles.actions}>
          <Button
            type="submit"
            look="primary"
            icon={<Send size={14} aria-hidden="true" />}
            disabled={busy || known === null || !mayStart(known) || name.trim() === ''}
          >
            {t('message-many.start')}
          </Button>
          {known !== null && !mayStart(known) ? (
            <span className={styles.faint}>{t('message-many.nobody')}</span>
          ) : null}
        </div>
        <Confirm
          open={asking}
          title={t('message-many.question', {
            count: (known?.allowedNow ?? 0) + (known?.allowedLater ?? 0),
          })}
          text={t('message-many.question-text')}
          action={t('message-many.start')}
          onConfirm={() => void start()}
          onCancel={() => setAsking(false)}
        />
      </form>
    </Panel>
  );
}
