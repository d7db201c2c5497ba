const campaign = '/campaigns/00000000-0000-7000-8000-000000000050';
const decisions = `${campaign}?tab=decisions`;
const lead = { role: 'lead', settleMs: 400 };

/**
 * A campaign as it goes, its decisions, and what is offered to agents before a call.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const liveScreens = [
  { name: 'running', scenario: 'liveCampaign', path: campaign, wide: true, ...lead },
  {
    name: 'running-table',
    scenario: 'liveCampaign',
    path: campaign,
    ...lead,
    act: async (page) => {
      await page.locator('summary').nth(1).click();
      await page.locator('summary').nth(1).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'running-agents',
    scenario: 'liveCampaign',
    path: campaign,
    ...lead,
    act: (page) => page.locator('main button', { has: page.locator('svg.lucide-users') }).click(),
  },
  { name: 'running-no-agents', scenario: 'liveNoAgents', path: campaign, ...lead },
  { name: 'running-paused', scenario: 'livePower', path: campaign, ...lead },
  { name: 'running-draft', scenario: 'liveDraft', path: `${campaign}?tab=live`, ...lead },
  { name: 'running-failing', scenario: 'liveFailing', path: campaign, ...lead },
  { name: 'running-lost', scenario: 'liveLost', path: campaign, ...lead, settleMs: 900 },
  { name: 'decisions', scenario: 'liveCampaign', path: decisions, wide: true, ...lead },
  {
    name: 'decisions-one',
    scenario: 'liveCampaign',
    path: decisions,
    ...lead,
    act: (page) => page.locator('[role=row]').nth(2).click(),
  },
  {
    name: 'decisions-replay',
    scenario: 'liveCampaign',
    path: decisions,
    ...lead,
    act: async (page) => {
      await page.locator('form [role=group] input').first().fill('2');
      await page.locator('form button[type=submit]').click();
    },
  },
  {
    name: 'decisions-empty',
    scenario: 'liveDecisionsEmpty',
    path: decisions,
    ...lead,
    act: (page) => page.locator('form button[type=submit]').click(),
  },
  { name: 'decisions-failing', scenario: 'liveFailing', path: decisions, ...lead },
  { name: 'offer', scenario: 'offerPreview', wide: true, settleMs: 300 },
  {
    name: 'offer-skip',
    scenario: 'offerPreview',
    settleMs: 300,
    act: (page) => page.keyboard.press('x'),
  },
  { name: 'offer-held', scenario: 'offerHeld', settleMs: 300 },
  { name: 'offer-callback', scenario: 'offerCallback', settleMs: 300 },
  { name: 'offer-silent', scenario: 'offerSilent', settleMs: 300 },
  {
    name: 'offer-gone',
    scenario: 'offerGone',
    settleMs: 300,
    act: (page) => page.keyboard.press('d'),
  },
  {
    name: 'closing',
    scenario: 'wrapUpFirm',
    settleMs: 300,
    act: async (page) => {
      await page.keyboard.press('b');
      await page.keyboard.press('3');
    },
  },
  { name: 'campaign-list', scenario: 'liveCampaign', path: `${campaign}?tab=list`, ...lead },
];
