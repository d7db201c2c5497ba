import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trunk } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { useQuery } from '../../app/router.ts';
import { useApp, useConnection, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { CallMyPhone } from './call-my-phone.tsx';
import { StoreSwitch } from './store-switch.tsx';
import { TrunkEditor } from './trunk-editor.tsx';
import { TrunkList } from './trunk-list.tsx';

/** Trunks and their numbers: the list, or the one that is being edited. */
export function TrunkSettingsSection() {
  const { t } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('telephony.list-trunks', {});
  const { reload } = data;
  const [chosen] = useQuery('trunk');
  const storeKind = useApp((view) => view.app?.storeKind);
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');

  useEffect(() => client.on('telephony.trunk-changed', reload), [client, reload]);

  if (data.value === null) {
    return data.state === 'failed' ? (
      <Panel title={t('settings.trunks')}>
        <ErrorState text={errorText(data.error, t)} onRetry={reload} />
      </Panel>
    ) : (
      <Skeleton lines={8} />
    );
  }
  const { trunks } = data.value;
  const trunk = trunks.find((one) => one.trunkId === chosen) ?? null;
  if (mayEdit && (chosen === 'new' || trunk !== null)) {
    return (
      <>
        <TrunkEditor
          key={chosen}
          trunk={trunk}
          practiceStore={storeKind === 'practice'}
          onSaved={reload}
        />
        {trunk ? <CallMyPhone trunks={[trunk]} /> : null}
      </>
    );
  }
  return (
    <>
      {storeKind && mayEdit ? <StoreSwitch storeKind={storeKind} /> : null}
      <TrunkList trunks={trunks} mayEdit={mayEdit} storeKind={storeKind ?? 'real'} />
      {trunks.length > 0 ? <CallMyPhone trunks={usable(trunks)} /> : null}
    </>
  );
}

function usable(trunks: readonly Trunk[]): Trunk[] {
  return trunks.filter((trunk) => trunk.enabled);
}
