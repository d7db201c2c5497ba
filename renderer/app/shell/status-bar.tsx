import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Principal } from '#shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { StatusDot, type Tone } from '../../components/status-dot.tsx';
import { sortedCampaigns } from '../../stores/index.ts';
import type { PhoneView } from '../../telephony/phone-port.ts';
import { palette } from '../commands.ts';
import { formatDuration } from '../format/index.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useAgent, useCampaigns, useServices } from '../services.ts';
import { useNow } from '../use-now.ts';
import { PersonMenu } from './person-menu.tsx';
import { StateMenu } from './state-menu.tsx';
import styles from './status-bar.module.css';
import { statusCampaigns } from './status-campaigns.ts';

/** One line about the person at this window: state, timers, campaign, line. */
export function StatusBar({ principal }: { principal: Principal }) {
  const { t } = useTranslation();
  const openPalette = (): void => palette.setState({ open: true });
  useKeys({ 'Mod+K': openPalette });
  return (
    <header className={styles.bar}>
      <StateMenu />
      <CampaignNames role={principal.role} />
      <LineHealth />
      <span className={styles.end}>
        <Button
          look="quiet"
          shortcut="Mod+K"
          icon={<Search size={14} aria-hidden="true" />}
          onClick={openPalette}
        >
          <span className={styles.searchWord}>{t('palette.open')}</span>
        </Button>
        <PersonMenu principal={principal} />
      </span>
    </header>
  );
}

function CampaignNames({ role }: { role: Principal['role'] }) {
  const { t } = useTranslation();
  const ids = useAgent((view) => view.own?.campaignIds);
  const campaigns = useCampaigns((view) => view);
  const { kind, running } = statusCampaigns(sortedCampaigns(campaigns), ids ?? [], role);
  if (kind === 'none') return <span className={styles.faint}>{t('status.no-campaign')}</span>;
  if (running.length === 0) return <span className={styles.faint}>{t('status.not-yours')}</span>;
  return (
    <span className={styles.campaign} title={running.map((one) => one.name).join(', ')}>
      <span className={styles.faint}>
        {t(kind === 'own' ? 'status.campaign' : 'status.running')}{' '}
      </span>
      {running[0]?.name}
      {running.length > 1 ? ` +${running.length - 1}` : ''}
    </span>
  );
}

/** Registration and line as one thing: what an agent wants to know is whether a call can come. */
function LineHealth() {
  const { t, i18n } = useTranslation();
  const { phone } = useServices();
  const view = useStore(phone.store);
  const engineLine = useAgent((agent) => agent.own?.line ?? 'down');
  const now = useNow();
  const { tone, key } = lineHealth(view, engineLine);
  const { quality } = view;
  return (
    <span className={styles.line}>
      <StatusDot tone={tone} label={t(key)} />
      {view.registration.kind === 'lost' ? (
        <span className={styles.faint}>{formatDuration(now - view.registration.since)}</span>
      ) : null}
      {view.line.kind === 'up' && quality ? (
        <span className={styles.faint}>
          {quality.roundTripMs === null
            ? null
            : t('line.round-trip', { milliseconds: Math.round(quality.roundTripMs) })}{' '}
          {quality.mos === null
            ? null
            : t('line.mos', {
                value: new Intl.NumberFormat(i18n.language, {
                  minimumFractionDigits: 1,
                  maximumFractionDigits: 1,
                }).format(quality.mos),
              })}
        </span>
      ) : null}
    </span>
  );
}

function lineHealth(view: PhoneView, engineLine: string): { tone: Tone; key: string } {
  if (['denied', 'absent', 'failed'].includes(view.microphone)) {
    return { tone: 'stop', key: 'line.no-microphone' };
  }
  const elsewhere = view.line.kind === 'none' && engineLine !== 'down';
  if (elsewhere || view.registration.kind === 'replaced') {
    return { tone: 'wait', key: 'line.elsewhere' };
  }
  if (view.registration.kind === 'refused') return { tone: 'stop', key: 'line.refused' };
  if (view.registration.kind === 'lost') return { tone: 'wait', key: 'line.reconnecting' };
  if (view.line.kind === 'up') {
    return engineLine === 'silent'
      ? { tone: 'stop', key: 'line.silent' }
      : { tone: 'accent', key: 'line.up' };
  }
  if (view.line.kind === 'none') return { tone: 'neutral', key: 'line.down' };
  return { tone: 'wait', key: 'line.connecting' };
}
