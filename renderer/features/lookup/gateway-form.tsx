import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookupGateway, LookupKind } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  Confirm,
  Field,
  IconButton,
  Input,
  NumberField,
  Panel,
  Select,
  Switch,
  toast,
} from '../../components/index.ts';
import styles from './lookup-tab.module.css';
import { fromMicro, toMicro } from './micro-money.ts';

const kinds: readonly LookupKind[] = ['hlrLookups', 'smsapi', 'twilio', 'infobip', 'practice'];
/** What each provider calls the two parts of its login; null: it has no such part. */
const logins: Record<LookupKind, { user: string | null; secret: string | null }> = {
  hlrLookups: { user: 'lookup.api-key', secret: 'lookup.api-secret' },
  smsapi: { user: null, secret: 'lookup.token' },
  twilio: { user: 'lookup.account-sid', secret: 'lookup.auth-token' },
  infobip: { user: null, secret: 'lookup.api-key' },
  practice: { user: null, secret: null },
};

/** A gateway of one provider. Its secret is written only: what is stored is never shown again. */
export function GatewayForm({
  gateway,
  onClose,
  onChanged,
}: {
  /** null: a new one */
  gateway: LookupGateway | null;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const save = useCommand('lookup.save-gateway');
  const remove = useCommand('lookup.remove-gateway');
  const [kind, setKind] = useState<LookupKind>(gateway?.kind ?? 'hlrLookups');
  const [name, setName] = useState(gateway?.name ?? '');
  const [baseUrl, setBaseUrl] = useState(gateway?.baseUrl ?? '');
  const [user, setUser] = useState(gateway?.user ?? '');
  const [secret, setSecret] = useState('');
  const [enabled, setEnabled] = useState(gateway?.enabled ?? true);
  const [price, setPrice] = useState<number | null>(gateway ? fromMicro(gateway.priceMicro) : 0);
  const [currency, setCurrency] = useState(gateway?.currency ?? 'EUR');
  const [perSecond, setPerSecond] = useState(gateway?.maxPerSecond ?? 10);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const login = logins[kind];
  const currencyWrong = !/^[A-Z]{3}$/.test(currency);
  // Infobip gives every customer an address of its own
  const needsUrl = kind === 'infobip' && baseUrl.trim() === '';

  const submit = async (): Promise<void> => {
    setTried(true);
    if (name.trim() === '' || currencyWrong || needsUrl) return;
    const saved = await save.run({
      ...(gateway ? { lookupGatewayId: gateway.lookupGatewayId } : {}),
      kind,
      name: name.trim(),
      baseUrl: baseUrl.trim(),
      user: login.user === null ? '' : user.trim(),
      ...(secret === '' ? {} : { secret }),
      enabled,
      priceMicro: toMicro(price ?? 0),
      currency,
      maxPerSecond: perSecond,
    });
    if (saved === null) return;
    toast('done', t('lookup.saved'), saved.name);
    onChanged();
  };
  const drop = async (): Promise<void> => {
    setAsking(false);
    if (gateway === null) return;
    if ((await remove.run({ lookupGatewayId: gateway.lookupGatewayId })) !== null) onChanged();
  };
  return (
    <Panel
      title={gateway?.name ?? t('lookup.add-gateway')}
      actions={
        <IconButton
          label={t('common.close')}
          icon={<X size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      }
    >
      <form
        className={styles.form}
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t('lookup.kind')}>
          <Select
            value={kind}
            disabled={gateway !== null}
            options={kinds.map((value) => ({ value, label: t(`lookup.kind-${value}`) }))}
            onChange={setKind}
          />
        </Field>
        <Field
          label={t('lookup.name')}
          error={tried && name.trim() === '' ? t('lookup.gap-name') : null}
        >
          <Input
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        {login.user === null ? null : (
          <Field label={t(login.user)}>
            <Input
              maxLength={200}
              autoComplete="off"
              value={user}
              onChange={(event) => setUser(event.currentTarget.value)}
            />
          </Field>
        )}
        {login.secret === null ? null : (
          <Field
            label={t(login.secret)}
            hint={t(gateway?.hasSecret ? 'lookup.secret-kept' : 'lookup.secret-hint')}
          >
            <Input
              type="password"
              autoComplete="new-password"
              maxLength={500}
              placeholder={gateway?.hasSecret ? '••••••••' : ''}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
          </Field>
        )}
        {kind === 'practice' ? (
          <p className={styles.faint}>{t('lookup.practice-text')}</p>
        ) : (
          <Field
            label={t('lookup.address')}
            hint={t(kind === 'infobip' ? 'lookup.address-infobip' : 'lookup.address-hint')}
            error={tried && needsUrl ? t('lookup.gap-address') : null}
          >
            <Input
              type="url"
              maxLength={300}
              placeholder="https://"
              value={baseUrl}
              onChange={(event) => setBaseUrl(event.currentTarget.value)}
            />
          </Field>
        )}
        <div className={styles.row}>
          <Field label={t('lookup.price')} hint={t('lookup.price-hint')}>
            <NumberField
              value={price}
              min={0}
              max={100}
              step={0.001}
              format={{ maximumFractionDigits: 6 }}
              onChange={setPrice}
            />
          </Field>
          <Field
            label={t('lookup.currency')}
            error={tried && currencyWrong ? t('lookup.gap-currency') : null}
          >
            <Input
              maxLength={3}
              value={currency}
              onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
            />
          </Field>
        </div>
        <Field label={t('lookup.per-second')} hint={t('lookup.per-second-hint')}>
          <NumberField
            value={perSecond}
            min={0.1}
            max={200}
            onChange={(value) => value !== null && setPerSecond(value)}
          />
        </Field>
        <Switch label={t('lookup.enabled')} checked={enabled} onChange={setEnabled} />
        <div className={styles.actions}>
          <Button type="submit" look="primary" disabled={save.busy}>
            {t('common.save')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          {gateway ? (
            <Button look="quiet" disabled={remove.busy} onClick={() => setAsking(true)}>
              {t('lookup.remove')}
            </Button>
          ) : null}
        </div>
        <Confirm
          open={asking}
          destructive
          title={t('lookup.remove-question', { name: gateway?.name ?? '' })}
          text={t('lookup.remove-text')}
          action={t('lookup.remove')}
          onConfirm={() => void drop()}
          onCancel={() => setAsking(false)}
        />
      </form>
    </Panel>
  );
}
