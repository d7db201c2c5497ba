import {
  Image,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquare,
  PhoneMissed,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { InboxThread } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';

/** Each channel has a shape of its own, so that a list can be read without its words. */
export const channelIcons: Partial<Record<Channel, LucideIcon>> = {
  call: PhoneMissed,
  sms: MessageSquare,
  mms: Image,
  email: Mail,
};

/** The channel of the newest message; all of them are named to assistive technology. */
export function ChannelIcon({ thread }: { thread: Pick<InboxThread, 'channels'> }) {
  const { t } = useTranslation();
  const [first] = thread.channels;
  const Icon = (first && channelIcons[first]) ?? MessageCircle;
  const names = thread.channels
    .map((channel) => (channel === 'call' ? t('inbox.missed-call') : t(`channel.${channel}`)))
    .join(', ');
  return (
    <>
      <Icon size={16} aria-hidden="true" />
      <span className="visually-hidden">{names}</span>
    </>
  );
}
