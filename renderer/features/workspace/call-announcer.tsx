import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.ts';
import { navigate, routeStore } from '../../app/router.ts';
import { useAgent, useCall, useConnection, useServices } from '../../app/services.ts';
import { toast } from '../../components/index.ts';

/** Says what happens to the call, and brings the agent to the workspace when one is pushed. */
export function CallAnnouncer() {
  const { t } = useTranslation();
  const call = useCall((view) => view.current);
  const name = useCall((view) => view.card?.displayName ?? null);
  const state = call?.state ?? null;
  const callId = call?.callId ?? null;
  const seen = useRef('');
  const { client } = useServices();
  const ownId = useConnection((view) => view.principal?.personId);

  // a call by hand that reached nobody leaves no wrap-up: say how it ended
  useEffect(
    () =>
      client.on('call.ended', ({ call: ended }) => {
        if (ended.personId !== ownId || ended.joinedAt !== null || !ended.attemptResult) return;
        if (ended.direction === 'in' || ended.mode !== 'manual') return;
        toast('info', t('call.not-reached'), t(`attempt-result.${ended.attemptResult}`));
      }),
    [client, ownId, t],
  );

  useEffect(() => {
    const now = `${callId} ${state}`;
    if (seen.current === now) return;
    seen.current = now;
    if (state === null) return;
    announce(t('call.announce', { state: t(`call.state-${state}`), name: name ?? '' }));
    const { path } = routeStore.getState();
    if (state === 'connected' && path !== '/workspace' && path !== '/')
      navigate('/workspace', {}, { urgent: true });
  }, [callId, state, name, t]);
  // someone is proposed while the agent looks at another page: the timer runs where it can be seen
  const offered = useAgent((view) => view.offer?.entryId ?? null);
  useEffect(() => {
    if (offered === null) return;
    const { path } = routeStore.getState();
    if (path !== '/workspace' && path !== '/') navigate('/workspace', {}, { urgent: true });
  }, [offered]);
  return null;
}
