import type { CampaignSettings, Trunk } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import type { CampaignForm } from './settings-form.ts';

/** What every part of the editor is given. */
export interface PartProps {
  form: CampaignForm;
  onChange: (form: CampaignForm) => void;
  /** changes settings; the rest of the form stays */
  set: (part: Partial<CampaignSettings>) => void;
  trunks: readonly Trunk[];
  /** null: the campaign does not exist yet */
  campaignId: CampaignId | null;
  /** absent: the campaign exists, and its portfolio is settled */
  portfolios?: readonly { portfolioId: string; name: string }[];
  portfolioName: string;
  /** a person has tried to save: gaps are shown */
  tried: boolean;
}
