import { useTranslation } from 'react-i18next';
import type { PoolNumber } from '#shared/contract/index.ts';
import { formatDate, formatDateTime } from '../../app/format/index.ts';
import { StatusDot, type Tone } from '../../components/index.ts';

const tones: Record<PoolNumber['state'], Tone> = {
  active: 'accent',
  resting: 'wait',
  retired: 'neutral',
};

/** Whether a number is shown: its state as shape and word, with the end of a rest; why not, when it may never be. */
export function NumberState({
  number,
  brief = false,
}: {
  number: PoolNumber;
  /** in a table: the day of a rest's end, not its minute */
  brief?: boolean;
}) {
  const { t, i18n } = useTranslation();
  if (number.refusedBecause !== null && number.state !== 'retired') {
    return <StatusDot tone="stop" label={t(`numbers.refused-${number.refusedBecause}`)} />;
  }
  if (number.state === 'resting' && number.restUntil !== null) {
    return (
      <StatusDot
        tone="wait"
        label={t('numbers.resting-until', {
          time: (brief ? formatDate : formatDateTime)(number.restUntil, i18n.language),
        })}
      />
    );
  }
  return <StatusDot tone={tones[number.state]} label={t(`numbers.state-${number.state}`)} />;
}
