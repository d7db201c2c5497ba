import { useTranslation } from 'react-i18next';
import type { CampaignLive } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useNow } from '../../app/use-now.ts';
import { Figures } from '../../components/figures.tsx';
import { Panel } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import styles from './pacer-panel.module.css';
import { formatChance, formatTenth, numbersOfLive, pacerSentence } from './pacer-sentence.ts';

/** What the pacer thinks and why, as a sentence, with the numbers that made it beside. */
export function PacerPanel({ live }: { live: CampaignLive }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { pacer, campaignId } = live;
  const locale = i18n.language;
  const tenth = (value: number | null): string =>
    value === null ? '–' : formatTenth(value, locale);
  const chance = (value: number | null): string =>
    value === null ? '–' : formatChance(value, locale);
  return (
    <Panel
      title={t('pacing.title')}
      actions={
        <LinkButton look="quiet" href={toHash(`/campaigns/${campaignId}`, { tab: 'decisions' })}>
          {t('pacing.all-decisions')}
        </LinkButton>
      }
    >
      {pacer === null ? (
        <p className={styles.none}>
          {t(live.mode === 'preview' ? 'pacing.none-preview' : 'pacing.none-yet')}
        </p>
      ) : (
        <div className={styles.body}>
          <p className={styles.sentence}>{pacerSentence(numbersOfLive(pacer), t, locale)}</p>
          <Figures
            items={[
              { id: 'pacer-free', label: t('pacing.free'), value: tenth(pacer.free) },
              {
                id: 'pacer-expected-free',
                label: t('pacing.expected-free'),
                value: tenth(pacer.expectedFree),
              },
              { id: 'pacer-ringing', label: t('pacing.ringing'), value: tenth(pacer.ringing) },
              {
                id: 'pacer-answers',
                label: t('pacing.expected-answers'),
                value: tenth(pacer.expectedAnswers),
              },
              {
                id: 'pacer-risk',
                label: t('pacing.risk'),
                value: chance(pacer.risk),
                note:
                  pacer.riskAllowed === null
                    ? null
                    : t('pacing.of-allowed', { allowed: chance(pacer.riskAllowed) }),
              },
              {
                id: 'pacer-last',
                label: t('pacing.last-dial'),
                value: pacer.lastDialAt === null ? '–' : formatDuration(now - pacer.lastDialAt),
              },
            ]}
          />
        </div>
      )}
    </Panel>
  );
}
