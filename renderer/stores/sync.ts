import type { AgentStatus, EventData, EventName } from '#shared/contract/index.ts';
import { Disposables, type Dispose } from '#shared/util/index.ts';
import { withAgent } from './agent-store.ts';
import { reduceCall } from './call-state.ts';
import type { ContractClient } from './client-port.ts';
import { withConnection } from './connection-store.ts';
import type { Stores } from './stores.ts';

/**
 * Keeps the stores equal to what the engine says: snapshots after each login and after a gap, events in between.
 * An event that comes while a snapshot is under way is newer than nothing: both are applied as they arrive, and
 * every event carries whole objects, so the later one wins.
 * @param onError told about snapshots that failed; the next login tries again
 */
export function startSync(
  client: ContractClient,
  stores: Stores,
  onError: (error: unknown) => void,
): Dispose {
  const disposables = new Disposables();
  const listen = <Name extends EventName>(name: Name, apply: (data: EventData<Name>) => void) =>
    disposables.add(client.on(name, apply));

  disposables.add(
    client.onConnection((state) =>
      stores.connection.setState((view) => withConnection(view, state)),
    ),
  );
  disposables.add(client.onResync(() => void fetchSnapshots(client, stores).catch(onError)));

  listen('app.changed', (app) => stores.app.setState({ app }));
  listen('agent.changed', (status) => {
    const before = stores.agent.getState().own;
    stores.agent.setState((view) => withAgent(view, status, ownId(stores)));
    if (status.personId === ownId(stores)) {
      stores.call.setState((view) => reduceCall(view, { type: 'agentChanged', status }));
      fetchMissingCall(client, stores, status, onError);
      // an outcome was recorded: promises and callbacks of the day have changed
      if (before?.workState === 'wrapUp' && status.workState !== 'wrapUp') {
        void fetchToday(client, stores).catch(onError);
      }
    }
  });
  listen('preview.changed', ({ personId, offer }) => {
    if (personId === ownId(stores)) stores.agent.setState({ offer });
  });
  listen('call.offered', (data) =>
    stores.call.setState((view) => reduceCall(view, { type: 'offered', data })),
  );
  listen('call.connected', (data) => {
    if (data.call.personId !== null && data.call.personId !== ownId(stores)) return;
    performance.mark('dialdesk:call-connected', { detail: { callId: data.call.callId } });
    stores.call.setState((view) => reduceCall(view, { type: 'connected', data }));
  });
  listen('call.changed', ({ call }) => {
    stores.call.setState((view) =>
      reduceCall(view, { type: 'changed', call, ownId: ownId(stores) }),
    );
    fetchMissingCard(client, stores, onError);
  });
  listen('call.ended', ({ call }) => {
    stores.call.setState((view) => {
      const ended = reduceCall(view, { type: 'ended', call });
      // the news that there is no wrap-up may have come before the news of the end
      const { own } = stores.agent.getState();
      return own ? reduceCall(ended, { type: 'agentChanged', status: own }) : ended;
    });
    void fetchToday(client, stores).catch(onError);
    // in wrap-up the history shows how the call ended, not that it goes on
    const { card } = stores.call.getState();
    if (card && card.debtorId === call.debtorId) {
      void fetchCard(client, stores, card.debtorId).catch(onError);
    }
  });
  listen('call.missed', (item) =>
    stores.call.setState((view) => reduceCall(view, { type: 'missed', item })),
  );
  listen('campaign.changed', (campaign) =>
    stores.campaigns.setState((view) => ({
      ...view,
      byId: { ...view.byId, [campaign.campaignId]: campaign },
    })),
  );
  listen('disposition.changed', () => {
    void fetchDispositions(client, stores).catch(onError);
  });
  listen('debtor.interaction-added', ({ debtorId, interaction }) =>
    stores.call.setState((view) =>
      reduceCall(view, { type: 'interactionAdded', debtorId, interaction }),
    ),
  );
  const fetchCardAgain = ({ debtorId }: { debtorId: string }): void => {
    if (stores.call.getState().card?.debtorId !== debtorId) return;
    void fetchCard(client, stores, debtorId).catch(onError);
  };
  listen('debtor.changed', fetchCardAgain);
  listen('document.changed', fetchCardAgain);
  return () => disposables.dispose();
}

function ownId(stores: Stores): string {
  return stores.connection.getState().principal?.personId ?? '';
}

/** Fetches everything the screens show. Each part is applied as soon as it comes. */
export async function fetchSnapshots(client: ContractClient, stores: Stores): Promise<void> {
  await Promise.all([
    client.send('app.snapshot', {}).then((app) => stores.app.setState({ app })),
    client.send('app.get-preferences', {}).then(({ preferences }) => {
      stores.app.setState({ preferences, preferencesLoaded: true });
      stores.drafts.restore(preferences);
    }),
    client.send('agent.list', {}).then(({ agents }) =>
      stores.agent.setState({
        everyone: Object.fromEntries(agents.map((agent) => [agent.personId, agent])),
      }),
    ),
    client
      .send('agent.status', {})
      .then((status) => stores.agent.setState((view) => withAgent(view, status, status.personId))),
    client.send('preview.current', {}).then(({ offer }) => stores.agent.setState({ offer })),
    client
      .send('call.current', {})
      .then((current) =>
        stores.call.setState((view) => reduceCall(view, { type: 'snapshot', current })),
      ),
    fetchDispositions(client, stores),
    client
      .send('call.list-missed', {})
      .then(({ items }) => stores.call.setState({ missed: items })),
    client.send('campaign.list', {}).then(({ campaigns }) =>
      stores.campaigns.setState({
        byId: Object.fromEntries(campaigns.map((campaign) => [campaign.campaignId, campaign])),
        loaded: true,
      }),
    ),
    fetchToday(client, stores),
  ]);
}

async function fetchDispositions(client: ContractClient, stores: Stores): Promise<void> {
  const { dispositions } = await client.send('call.list-dispositions', {});
  stores.call.setState({ dispositions: dispositions.filter((item) => item.active) });
}

async function fetchToday(client: ContractClient, stores: Stores): Promise<void> {
  stores.agent.setState({ today: await client.send('agent.today', {}) });
}

async function fetchCard(client: ContractClient, stores: Stores, debtorId: string): Promise<void> {
  const card = await client.send('debtor.card', { debtorId: debtorId as never });
  stores.call.setState((view) => reduceCall(view, { type: 'cardFetched', card }));
}

/** A call that a restart of the engine ended: its wrap-up comes after the snapshot, with no event of the call itself. */
function fetchMissingCall(
  client: ContractClient,
  stores: Stores,
  status: AgentStatus,
  onError: (error: unknown) => void,
): void {
  const { callId, workState } = status;
  if (workState !== 'wrapUp' || stores.call.getState().current?.callId === callId) return;
  client
    .send('call.current', {})
    .then((current) =>
      stores.call.setState((view) => reduceCall(view, { type: 'snapshot', current })),
    )
    .catch(onError);
}

/** A call by hand starts without a card: the agent dialed it, nothing was pushed. */
function fetchMissingCard(
  client: ContractClient,
  stores: Stores,
  onError: (error: unknown) => void,
): void {
  const { current, card } = stores.call.getState();
  if (!current?.debtorId || card?.debtorId === current.debtorId) return;
  void fetchCard(client, stores, current.debtorId).catch(onError);
}
