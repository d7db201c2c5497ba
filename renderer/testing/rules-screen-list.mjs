const lead = { scenario: 'lead', role: 'lead', settleMs: 300 };
const admin = { scenario: 'lead', role: 'admin', settleMs: 300 };
const id = (/** @type {number} */ number) =>
  `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/**
 * The pages of the rules in their designed states.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const rulesScreens = [
  { name: 'rules-packs', ...lead, path: '/rules', wide: true },
  { name: 'rules-packs-agent', ...lead, role: 'agent', path: '/rules' },
  { name: 'rules-packs-empty', ...lead, scenario: 'rulesEmpty', path: '/rules' },
  { name: 'rules-packs-failing', ...lead, scenario: 'rulesFailing', path: '/rules' },
  { name: 'rules-pack', ...admin, path: '/rules/packs/pl', wide: true },
  { name: 'rules-pack-us', ...lead, path: '/rules/packs/us-federal' },
  { name: 'rules-pack-caps', ...lead, path: '/rules/packs/us-federal?kind=cap&channel=call' },
  { name: 'rules-pack-approved', ...admin, path: '/rules/packs/uk' },
  { name: 'rules-pack-base', ...admin, path: '/rules/packs/safe-base' },
  { name: 'rules-pack-gone', ...lead, path: '/rules/packs/nowhere' },
  {
    name: 'rules-review',
    ...admin,
    path: '/rules/packs/pl',
    act: (page) => page.locator('main nav + div button').first().click(),
  },
  { name: 'rules-own', ...admin, path: '/rules/own' },
  { name: 'rules-own-new', ...admin, path: '/rules/own', act: (page) => page.keyboard.press('n') },
  { name: 'rules-own-empty', ...lead, scenario: 'rulesEmpty', path: '/rules/own' },
  { name: 'rules-draft', ...admin, path: `/rules/own/${id(801)}`, wide: true },
  {
    name: 'rules-draft-problem',
    ...admin,
    settleMs: 1_000,
    path: `/rules/own/${id(801)}`,
    act: async (page) => {
      await page.locator('section section input').nth(1).fill('');
      await page.keyboard.press('Tab');
    },
  },
  {
    name: 'rules-draft-data',
    ...admin,
    path: `/rules/own/${id(801)}`,
    act: (page) => page.locator('section section button').first().click(),
  },
  {
    name: 'rules-draft-publish',
    ...admin,
    path: `/rules/own/${id(801)}`,
    act: (page) => page.keyboard.press('Control+Enter'),
  },
  { name: 'rules-own-published', ...admin, path: `/rules/own/${id(802)}` },
  { name: 'rules-exceptions', ...lead, path: '/rules/exceptions', wide: true },
  {
    name: 'rules-exceptions-need',
    ...lead,
    path: '/rules/exceptions',
    act: (page) => page.keyboard.press('g'),
  },
  { name: 'rules-exceptions-used', ...lead, path: '/rules/exceptions?state=used' },
  { name: 'rules-exceptions-granted', ...lead, path: '/rules/exceptions?state=granted' },
  { name: 'rules-exceptions-empty', ...lead, scenario: 'rulesEmpty', path: '/rules/exceptions' },
  { name: 'rules-decisions', ...lead, path: '/rules/decisions', wide: true },
  { name: 'rules-decisions-debtor', ...lead, path: `/rules/decisions?debtor=${id(10)}` },
  { name: 'rules-decisions-empty', ...lead, scenario: 'rulesEmpty', path: '/rules/decisions' },
  { name: 'rules-decision', ...lead, path: `/rules/decisions/${id(840)}`, wide: true },
  { name: 'rules-decision-different', ...lead, path: `/rules/decisions/${id(841)}` },
  { name: 'rules-decision-gone', ...lead, path: `/rules/decisions/${id(843)}` },
  { name: 'rules-check', ...lead, path: '/rules/check' },
  {
    name: 'rules-check-texts',
    ...lead,
    scenario: 'rulesTexts',
    settleMs: 900,
    path: '/rules/check',
  },
  { name: 'rules-keeping', ...admin, path: '/rules/keeping', wide: true },
  {
    name: 'rules-keeping-edit',
    ...admin,
    path: '/rules/keeping',
    act: (page) => page.locator('td button').first().click(),
  },
  { name: 'rules-keeping-empty', ...lead, scenario: 'rulesEmpty', path: '/rules/keeping' },
  { name: 'rules-settings', ...admin, path: '/rules/settings' },
  { name: 'rules-settings-lead', ...lead, path: '/rules/settings' },
];
