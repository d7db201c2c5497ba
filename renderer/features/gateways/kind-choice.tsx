import { ArrowLeft, Cable, Cloud, Image, type LucideIcon, Mail, Usb } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type GatewayKind, gatewayChannels } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { Panel } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import styles from './kind-choice.module.css';

/** In the order in which firms ask for them. */
export const gatewayKinds: readonly GatewayKind[] = [
  'smsapi',
  'serwersms',
  'twilio',
  'infobip',
  'vonage',
  'smpp',
  'modem',
  'mm7',
  'email',
];
const groups: readonly { id: string; kinds: readonly GatewayKind[] }[] = [
  { id: 'providers', kinds: ['smsapi', 'serwersms', 'twilio', 'infobip', 'vonage'] },
  { id: 'own', kinds: ['smpp', 'modem', 'mm7'] },
  { id: 'mail', kinds: ['email'] },
];
export const kindIcons: Record<GatewayKind, LucideIcon> = {
  smsapi: Cloud,
  serwersms: Cloud,
  twilio: Cloud,
  infobip: Cloud,
  vonage: Cloud,
  smpp: Cable,
  modem: Usb,
  mm7: Image,
  email: Mail,
};

/** Which kind a new gateway is of; it cannot be changed later. */
export function KindChoice({ onChoose }: { onChoose: (kind: GatewayKind) => void }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('gateways.which-kind')}
      actions={
        <LinkButton
          look="quiet"
          href={toHash('/gateways')}
          icon={<ArrowLeft size={14} aria-hidden="true" />}
        >
          {t('gateways.back')}
        </LinkButton>
      }
    >
      {groups.map(({ id, kinds }) => (
        <section key={id} className={styles.group} aria-label={t(`gateways.group-${id}`)}>
          <h3 className={styles.title}>{t(`gateways.group-${id}`)}</h3>
          <div className={styles.kinds}>
            {kinds.map((kind) => {
              const Icon = kindIcons[kind];
              return (
                <button
                  key={kind}
                  type="button"
                  className={styles.kind}
                  onClick={() => onChoose(kind)}
                >
                  <Icon size={18} aria-hidden="true" className={styles.icon} />
                  <span className={styles.name}>{t(`gateway-kind.${kind}`)}</span>
                  <span className={styles.channels}>
                    {gatewayChannels[kind].map((channel) => t(`channel.${channel}`)).join(' · ')}
                  </span>
                  <span className={styles.text}>{t(`gateway-kind.${kind}-text`)}</span>
                </button>
              );
            })}
          </div>
        </section>
      ))}
    </Panel>
  );
}
