import { Plus, RadioTower } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type {
  Gateway,
  GatewayState,
  MessageChannel,
  MessageSettings,
} from '#shared/contract/index.ts';
import { formatWhen } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { Badge, EmptyState, Panel, StatusDot, type Tone } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { RowTitle } from '../../components/row-title.tsx';
import { channelIcons } from '../inbox/channel-icon.tsx';
import styles from './gateway-list.module.css';
import { codeText } from './gateway-words.ts';
import { kindIcons } from './kind-choice.tsx';

export const stateTones: Record<GatewayState['kind'], Tone> = {
  off: 'neutral',
  connecting: 'wait',
  ready: 'accent',
  limited: 'wait',
  failing: 'stop',
};

/** Every gateway: what it carries, how its connection is, and what waits for it. */
export function GatewayList({
  gateways,
  defaults,
  mayEdit,
}: {
  gateways: readonly Gateway[];
  defaults: MessageSettings['defaultGateways'];
  mayEdit: boolean;
}) {
  const { t } = useTranslation();
  const add = mayEdit ? (
    <LinkButton
      look={gateways.length === 0 ? 'primary' : 'plain'}
      href={toHash('/gateways', { gateway: 'new' })}
      icon={<Plus size={14} aria-hidden="true" />}
    >
      {t('gateways.add')}
    </LinkButton>
  ) : null;
  return (
    <Panel title={t('gateways.list')} flush actions={gateways.length > 0 ? add : null}>
      {gateways.length === 0 ? (
        <EmptyState
          icon={<RadioTower size={24} aria-hidden="true" />}
          title={t('gateways.empty')}
          text={t('gateways.empty-text')}
          action={add}
        />
      ) : (
        <ul className={styles.list}>
          {gateways.map((gateway) => (
            <li key={gateway.gatewayId}>
              <Item
                gateway={gateway}
                usualFor={usualFor(gateway, gateways, defaults)}
                mayEdit={mayEdit}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Channels whose messages it gets unless another is named: as set, else the first that is on. */
function usualFor(
  gateway: Gateway,
  gateways: readonly Gateway[],
  defaults: MessageSettings['defaultGateways'],
): MessageChannel[] {
  return gateway.channels.filter((channel) => {
    const set = defaults[channel];
    if (set !== undefined) return set === gateway.gatewayId;
    const first = gateways.find((one) => one.enabled && one.channels.includes(channel));
    return first?.gatewayId === gateway.gatewayId;
  });
}

function Item({
  gateway,
  usualFor: usual,
  mayEdit,
}: {
  gateway: Gateway;
  usualFor: readonly MessageChannel[];
  mayEdit: boolean;
}) {
  const { t } = useTranslation();
  const { settings } = gateway;
  const KindIcon = kindIcons[settings.kind];
  return (
    <div className={styles.item}>
      <KindIcon size={18} aria-hidden="true" className={styles.icon} />
      <RowTitle
        name={settings.name}
        href={mayEdit ? toHash('/gateways', { gateway: gateway.gatewayId }) : undefined}
        badge={gateway.practice ? <Badge tone="accent">{t('practice.title')}</Badge> : null}
        note={t(`gateway-kind.${settings.kind}`)}
      />
      <ul className={styles.channels} aria-label={t('gateways.channels')}>
        {gateway.channels.map((channel) => {
          const Icon = channelIcons[channel];
          return (
            <li key={channel} className={styles.channel} data-usual={usual.includes(channel)}>
              {Icon ? <Icon size={14} aria-hidden="true" /> : null}
              {t(`channel.${channel}`)}
              {usual.includes(channel) ? (
                <span className={styles.usual}>{t('gateways.usual')}</span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <Counts gateway={gateway} />
      <GatewayStanding state={gateway.state} />
    </div>
  );
}

function Counts({ gateway }: { gateway: Gateway }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <dl className={styles.counts}>
      <div>
        <dt>{t('gateways.queued')}</dt>
        <dd>{number.format(gateway.queued)}</dd>
      </div>
      <div data-some={gateway.unknown > 0}>
        <dt>{t('gateways.unknown')}</dt>
        <dd>
          {gateway.unknown > 0 ? (
            <a href={toHash('/outbox', { state: 'unknown' })}>{number.format(gateway.unknown)}</a>
          ) : (
            '0'
          )}
        </dd>
      </div>
    </dl>
  );
}

/** How the connection is, since when, and what is wrong with it in plain words. */
export function GatewayStanding({ state }: { state: GatewayState }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  return (
    <div className={styles.state}>
      <span className={styles.stateLine}>
        <StatusDot tone={stateTones[state.kind]} label={t(`gateways.state-${state.kind}`)} />
        <span className={styles.faint}>
          {t('gateways.since', { when: formatWhen(state.since, clock.now(), i18n.language) })}
        </span>
      </span>
      {state.code ? <span className={styles.why}>{codeText(state.code, t)}</span> : null}
      {state.detail ? <span className={styles.faint}>{state.detail}</span> : null}
    </div>
  );
}
