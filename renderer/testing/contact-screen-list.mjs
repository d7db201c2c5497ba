const debtor = '/debtor/00000000-0000-7000-8000-000000000010';
const campaign = '/campaigns/00000000-0000-7000-8000-000000000050';

/** @param {readonly string[]} keys */
const press =
  (...keys) =>
  /** @param {import('playwright-core').Page} page */
  async (page) => {
    for (const key of keys) await page.keyboard.press(key);
  };

/**
 * Who is on the line, flags by two keys, what is allowed, when and where not.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const contactScreens = [
  { name: 'line-unknown', scenario: 'lineUnknown', wide: true },
  { name: 'line-ringing', scenario: 'lineRinging' },
  { name: 'line-ticked', scenario: 'lineUnknown', act: press('b', 'z') },
  { name: 'line-opened', scenario: 'lineUnknown', settleMs: 300, act: press('b', 'z', 'i') },
  {
    name: 'line-reveal',
    scenario: 'lineUnknown',
    act: (page) => page.getByRole('button', { name: /…$/ }).first().click(),
  },
  { name: 'line-third', scenario: 'lineThird', wide: true },
  { name: 'line-third-callback', scenario: 'lineThird', settleMs: 300, act: press('c') },
  { name: 'line-third-ended', scenario: 'lineThirdEnded' },
  { name: 'line-asks-recording', scenario: 'lineAsksRecording' },
  { name: 'line-must-end', scenario: 'lineMustEnd' },
  { name: 'line-flags', scenario: 'lineUnknown', settleMs: 300, act: press('f') },
  { name: 'line-flag-set', scenario: 'lineUnknown', settleMs: 400, act: press('f', 'd') },
  { name: 'line-flag-medium', scenario: 'lineUnknown', settleMs: 300, act: press('f', 'm') },
  { name: 'permissions', scenario: 'cardPermissions', path: debtor, wide: true },
  {
    name: 'permission-answer',
    scenario: 'linePermissions',
    settleMs: 400,
    act: (page) => page.locator('[data-permission]').nth(3).click(),
  },
  {
    name: 'flag-form',
    scenario: 'cardPermissions',
    path: debtor,
    settleMs: 300,
    act: press('f', 'r'),
  },
  {
    name: 'block-form',
    scenario: 'cardPermissions',
    path: debtor,
    settleMs: 300,
    act: press('Shift+B'),
  },
  { name: 'screening', scenario: 'screening', path: campaign, role: 'lead', wide: true },
  { name: 'screening-runs', scenario: 'screeningRuns', path: campaign, role: 'lead' },
];
