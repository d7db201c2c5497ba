import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type CampaignMode, campaignMode } from '#shared/contract/index.ts';
import styles from './mode-cards.module.css';

const texts: Record<CampaignMode, { name: string; text: string; fits: string }> = {
  preview: {
    name: 'campaign.mode-preview',
    text: 'campaign.mode-preview-text',
    fits: 'campaign.mode-preview-fits',
  },
  progressive: {
    name: 'campaign.mode-progressive',
    text: 'campaign.mode-progressive-text',
    fits: 'campaign.mode-progressive-fits',
  },
  power: {
    name: 'campaign.mode-power',
    text: 'campaign.mode-power-text',
    fits: 'campaign.mode-power-fits',
  },
  predictive: {
    name: 'campaign.mode-predictive',
    text: 'campaign.mode-predictive-text',
    fits: 'campaign.mode-predictive-fits',
  },
};

/** The four ways of dialing, each with what it does and when it fits. */
export function ModeCards({
  value,
  onChange,
}: {
  value: CampaignMode;
  onChange: (mode: CampaignMode) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className={styles.cards}>
      <legend className="visually-hidden">{t('campaign.mode')}</legend>
      {campaignMode.options.map((mode) => (
        <label key={mode} className={styles.card}>
          <input
            type="radio"
            name={id}
            value={mode}
            checked={mode === value}
            aria-describedby={`${id}-${mode}`}
            onChange={() => onChange(mode)}
          />
          <span className={styles.name}>{t(texts[mode].name)}</span>
          <span id={`${id}-${mode}`} className={styles.text}>
            {t(texts[mode].text)} <span className={styles.fits}>{t(texts[mode].fits)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
