import { useTranslation } from 'react-i18next';
import { formatTime, zoneCity } from '../../app/format/index.ts';

/** What the debtor's clock shows at that time, with the zone said. */
export function TheirTime({ at, timeZone }: { at: number; timeZone: string }) {
  const { t, i18n } = useTranslation();
  return t('callbacks.their-time', {
    time: formatTime(at, i18n.language, timeZone),
    city: zoneCity(timeZone),
  });
}
