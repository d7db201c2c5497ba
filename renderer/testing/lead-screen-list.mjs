const campaign = '/campaigns/00000000-0000-7000-8000-000000000050';
const trunk = '/settings?section=trunks&trunk=00000000-0000-7000-8000-000000000070';

/**
 * The lead's and the administrator's pages in their designed states.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const leadScreens = [
  { name: 'portfolio', scenario: 'lead', role: 'lead', path: '/portfolio', wide: true },
  {
    name: 'portfolio-one',
    scenario: 'lead',
    role: 'lead',
    path: '/portfolio?portfolio=00000000-0000-7000-8000-000000000060&search=kowal&sort=balance-desc',
    settleMs: 300,
  },
  {
    name: 'portfolio-nothing',
    scenario: 'lead',
    role: 'lead',
    path: '/portfolio?search=zzzz',
    settleMs: 300,
  },
  {
    name: 'portfolio-delete',
    scenario: 'lead',
    role: 'lead',
    path: '/portfolio?portfolio=00000000-0000-7000-8000-000000000060',
    settleMs: 300,
    act: (page) => page.locator('main header button').last().click(),
  },
  { name: 'portfolio-empty', scenario: 'leadEmpty', role: 'lead', path: '/portfolio' },
  { name: 'portfolio-failing', scenario: 'leadFailing', role: 'lead', path: '/portfolio' },
  { name: 'portfolio-lost', scenario: 'leadLost', role: 'lead', path: '/portfolio', settleMs: 500 },
  { name: 'import', scenario: 'lead', role: 'lead', path: '/import' },
  {
    name: 'import-check',
    scenario: 'lead',
    role: 'lead',
    path: '/import?file=f1&name=nest_telekom_2026-10.csv',
    wide: true,
  },
  {
    name: 'import-meaning',
    scenario: 'lead',
    role: 'lead',
    path: '/import?file=f1&name=nest.csv',
    settleMs: 300,
    act: (page) => page.locator('table [role=combobox]').nth(1).click(),
  },
  { name: 'import-gone', scenario: 'leadFailing', role: 'lead', path: '/import?file=f1' },
  {
    name: 'import-running',
    scenario: 'lead',
    role: 'lead',
    path: '/import?job=00000000-0000-7000-8000-000000000300',
  },
  {
    name: 'import-finished',
    scenario: 'lead',
    role: 'lead',
    path: '/import?job=00000000-0000-7000-8000-000000000301',
  },
  { name: 'campaigns', scenario: 'lead', role: 'lead', path: '/campaigns', wide: true },
  { name: 'campaigns-empty', scenario: 'leadEmpty', role: 'lead', path: '/campaigns' },
  { name: 'campaign', scenario: 'lead', role: 'lead', path: campaign, wide: true },
  {
    name: 'campaign-stop',
    scenario: 'lead',
    role: 'lead',
    path: campaign,
    settleMs: 300,
    act: (page) => page.locator('main header button').last().click(),
  },
  { name: 'campaign-new', scenario: 'lead', role: 'lead', path: '/campaigns/new' },
  { name: 'campaign-unknown', scenario: 'lead', role: 'lead', path: '/campaigns/none' },
  { name: 'live', scenario: 'lead', role: 'lead', path: '/live', wide: true, navigation: 'open' },
  {
    name: 'live-one',
    scenario: 'lead',
    role: 'lead',
    path: '/live?campaign=00000000-0000-7000-8000-000000000050',
  },
  { name: 'live-empty', scenario: 'leadEmpty', role: 'lead', path: '/live' },
  { name: 'live-failing', scenario: 'leadFailing', role: 'lead', path: '/live' },
  { name: 'settings-own', scenario: 'ready', role: 'agent', path: '/settings' },
  { name: 'settings-sound', scenario: 'ready', path: '/settings?section=sound' },
  {
    name: 'settings-sound-denied',
    scenario: 'noMicrophone',
    path: '/settings?section=sound',
  },
  {
    name: 'settings-trunks',
    scenario: 'lead',
    role: 'admin',
    path: '/settings?section=trunks',
    wide: true,
  },
  {
    name: 'settings-trunks-practice',
    scenario: 'leadPractice',
    role: 'admin',
    path: '/settings?section=trunks',
  },
  {
    name: 'settings-trunks-empty',
    scenario: 'leadEmpty',
    role: 'admin',
    path: '/settings?section=trunks',
  },
  { name: 'settings-trunk', scenario: 'lead', role: 'admin', path: trunk, wide: true },
  {
    name: 'settings-trunk-test',
    scenario: 'lead',
    role: 'admin',
    path: trunk,
    settleMs: 300,
    act: async (page) => {
      await page.locator('form button[type=submit] + button').first().click();
      await page.locator('form ol').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings-trunk-new',
    scenario: 'lead',
    role: 'admin',
    path: '/settings?section=trunks&trunk=new',
    settleMs: 200,
    act: (page) => page.locator('form button[type=submit]').first().click(),
  },
  { name: 'settings-rules', scenario: 'lead', role: 'lead', path: '/settings?section=rules' },
  { name: 'people', scenario: 'lead', role: 'admin', path: '/people', wide: true },
  {
    name: 'people-invite',
    scenario: 'lead',
    role: 'admin',
    path: '/people',
    settleMs: 300,
    act: (page) => page.locator('main li button').nth(1).click(),
  },
  { name: 'people-lead', scenario: 'lead', role: 'lead', path: '/people' },
  { name: 'people-audit', scenario: 'lead', role: 'admin', path: '/people?tab=audit' },
];
