import { useTranslation } from 'react-i18next';
import { toHash } from '../../app/router.ts';
import { FormSection } from '../../components/form-section.tsx';
import { Field, NumberField } from '../../components/index.ts';
import { DurationField } from './duration-field.tsx';
import { Labelled } from './labelled.tsx';
import { OwnMessage } from './own-message.tsx';
import type { PartProps } from './part-props.ts';

const threeDaysMs = 72 * 3_600_000;

/** What a person hears who answers and meets no agent, and how that is made good. */
export function SilencePart({ form, set, campaignId }: PartProps) {
  const { t } = useTranslation();
  const { settings } = form;
  return (
    <>
      <FormSection title={t('silence.message')} text={t('silence.message-text')}>
        <Field label={t('campaign.agent-limit')} hint={t('campaign.agent-limit-hint')}>
          <NumberField
            value={settings.answerToAgentMaxMs / 1000}
            min={0}
            max={10}
            step={0.5}
            unit={t('campaign.seconds-short')}
            onChange={(value) =>
              value !== null && set({ answerToAgentMaxMs: Math.round(value * 1000) })
            }
          />
        </Field>
        <OwnMessage campaignId={campaignId} />
      </FormSection>
      <FormSection title={t('silence.after')} text={t('silence.after-text')}>
        <Labelled label={t('silence.again')} hint={t('silence.again-hint')}>
          <DurationField
            label={t('silence.again')}
            valueMs={settings.silentCoolDownMs}
            fallbackMs={threeDaysMs}
            units={['hour', 'day']}
            neverLabel={t('silence.never')}
            // the delay of the list and the cool-down say the same of the same person
            onChange={(ms) =>
              set({ silentCoolDownMs: ms, retry: { ...settings.retry, abandonedMs: ms } })
            }
          />
        </Labelled>
        <p>
          <a href={toHash('/rules')}>{t('silence.rules')}</a>
        </p>
      </FormSection>
    </>
  );
}
