import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayKind } from '#shared/contract/index.ts';
import { navigate, useQuery } from '../../app/router.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Loaded } from '../rules/loaded.tsx';
import { GatewayEditor } from './gateway-editor.tsx';
import { GatewayList } from './gateway-list.tsx';
import { gatewayKinds, KindChoice } from './kind-choice.tsx';

/** The list, one gateway, or a new one: which of them stands in the address. */
export function GatewaysTab() {
  const { t } = useTranslation();
  const { client } = useServices();
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');
  const [chosen] = useQuery('gateway');
  const [wantedKind] = useQuery('kind');
  const kind: GatewayKind | undefined = gatewayKinds.find((one) => one === wantedKind);
  const data = useQueryData('gateway.list', {});
  const settings = useQueryData('message.get-settings', {});
  const { reload } = data;
  useEffect(() => client.on('gateway.changed', reload), [client, reload]);
  return (
    <Loaded data={data} lines={8}>
      {({ gateways }) => {
        if (chosen === 'new' && mayEdit) {
          return kind ? (
            <GatewayEditor key={kind} kind={kind} gateway={null} onChanged={reload} />
          ) : (
            <KindChoice
              onChoose={(next) => navigate('/gateways', { gateway: 'new', kind: next })}
            />
          );
        }
        const gateway = gateways.find((one) => one.gatewayId === chosen);
        if (gateway) {
          return (
            <GatewayEditor
              key={gateway.gatewayId}
              kind={gateway.settings.kind}
              gateway={gateway}
              onChanged={reload}
            />
          );
        }
        if (chosen !== '' && data.state !== 'loading') {
          return (
            <EmptyState
              title={t('gateways.gone')}
              action={<LinkButton href="#/gateways">{t('gateways.back')}</LinkButton>}
            />
          );
        }
        return (
          <GatewayList
            gateways={gateways}
            defaults={settings.value?.defaultGateways ?? {}}
            mayEdit={mayEdit}
          />
        );
      }}
    </Loaded>
  );
}
