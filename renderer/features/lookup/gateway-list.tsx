import { Plus, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import type { QueryData } from '../../app/use-query-data.ts';
import { EmptyState, Panel, StatusDot } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Loaded } from '../rules/loaded.tsx';
import styles from './lookup-tab.module.css';
import { microText } from './micro-money.ts';

/** Whom the firm can ask, with the price of one answer. */
export function GatewayList({ data }: { data: QueryData<CommandOutput<'lookup.list-gateways'>> }) {
  const { t, i18n } = useTranslation();
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');
  const add = mayEdit ? (
    <LinkButton
      href={toHash('/numbers', { tab: 'lookup', gateway: 'new' })}
      icon={<Plus size={14} aria-hidden="true" />}
    >
      {t('lookup.add-gateway')}
    </LinkButton>
  ) : null;
  return (
    <Panel title={t('lookup.gateways')} flush actions={data.value?.gateways.length ? add : null}>
      <Loaded data={data} lines={4}>
        {({ gateways }) =>
          gateways.length === 0 ? (
            <EmptyState
              icon={<Search size={24} aria-hidden="true" />}
              title={t('lookup.no-gateways')}
              text={t('lookup.no-gateways-text')}
              action={add}
            />
          ) : (
            <ul>
              {gateways.map((one) => (
                <li key={one.lookupGatewayId} className={styles.item}>
                  <div className={styles.line}>
                    {mayEdit ? (
                      <a
                        className={styles.name}
                        href={toHash('/numbers', { tab: 'lookup', gateway: one.lookupGatewayId })}
                      >
                        {one.name}
                      </a>
                    ) : (
                      <span className={styles.name}>{one.name}</span>
                    )}
                    <StatusDot
                      tone={one.enabled ? 'accent' : 'neutral'}
                      label={t(one.enabled ? 'lookup.on' : 'lookup.off')}
                    />
                  </div>
                  <span className={styles.faint}>
                    {t(`lookup.kind-${one.kind}`)} ·{' '}
                    {t('lookup.price-each', {
                      price: microText(one.priceMicro, one.currency, i18n.language, 4),
                    })}
                    {one.hasSecret || one.kind === 'practice' ? '' : ` · ${t('lookup.no-secret')}`}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
