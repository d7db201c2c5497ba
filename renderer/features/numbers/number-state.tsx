import { useTranslation } from 'react-i18next';
import type { PoolNumber } from '#shared/contract/index.ts';
import { formatDateTime } from '../../app/format/index.ts';
import { StatusDot, type Tone } from '../../components/index.ts';

const tones: Record<PoolNumber['state'], Tone> = {
  active: 'accent',
  resting: 'wait',
  retired: 'neutral',
};

/** Whether a number is shown: its state as shape and word, with the end of a rest. */
export function NumberState({ number }: { number: PoolNumber }) {
  const { t, i18n } = useTranslation();
  if (number.state === 'resting' && number.restUntil !== null) {
    return (
      <StatusDot
        tone="wait"
        label={t('numbers.resting-until', {
          time: formatDateTime(number.restUntil, i18n.language),
        })}
      />
    );
  }
  return <StatusDot tone={tones[number.state]} label={t(`numbers.state-${number.state}`)} />;
}
