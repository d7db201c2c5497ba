const path = '/debtor/00000000-0000-7000-8000-000000000010';

/** @param {string} key */
const press = (key) => /** @param {import('playwright-core').Page} page */ (page) =>
  page.keyboard.press(key);

/**
 * The card, its history and the work on it.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const debtorScreens = [
  { name: 'debtor', scenario: 'debtor', path, wide: true },
  { name: 'debtor-bare', scenario: 'debtorBare', path },
  { name: 'debtor-company', scenario: 'debtorCompany', path, wide: true },
  {
    name: 'debtor-company-below',
    scenario: 'debtorCompany',
    path,
    wide: true,
    act: (page) =>
      page.locator('article[aria-labelledby=debtor-name] > p').last().scrollIntoViewIfNeeded(),
  },
  {
    name: 'debtor-debt-open',
    scenario: 'debtor',
    path,
    settleMs: 300,
    act: async (page) => {
      await page.locator('tbody th button').first().click();
      await page.locator('article ol li button').nth(1).click();
    },
  },
  { name: 'debtor-loading', scenario: 'debtorLoading', path },
  { name: 'debtor-failing', scenario: 'debtorFailing', path, settleMs: 300 },
  { name: 'debtor-gone', scenario: 'debtorGone', path, settleMs: 300 },
  { name: 'debtor-lost', scenario: 'debtorLost', path, settleMs: 600 },
  {
    name: 'debtor-history-filters',
    scenario: 'debtor',
    path,
    settleMs: 300,
    act: (page) => page.locator('[aria-controls][aria-expanded]').last().press('Enter'),
  },
  {
    name: 'debtor-history-search',
    scenario: 'debtor',
    path,
    settleMs: 500,
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('invoice');
    },
  },
  {
    name: 'debtor-history-nothing',
    scenario: 'debtor',
    path,
    settleMs: 500,
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('zzzz');
    },
  },
  {
    name: 'debtor-recording',
    scenario: 'debtor',
    path,
    settleMs: 900,
    act: async (page) => {
      await page.locator('[data-player-toggle]').first().click();
      await page.waitForTimeout(600);
      await page.locator('[data-player-toggle]').first().click();
      await page.locator('input[type=range]').fill('84000');
    },
  },
  {
    name: 'debtor-history-failing',
    scenario: 'debtorHistoryFailing',
    path,
    settleMs: 500,
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('invoice');
    },
  },
  {
    name: 'debtor-history-deep',
    scenario: 'debtorLong',
    path,
    settleMs: 600,
    act: async (page) => {
      await page.keyboard.press('j');
      for (let step = 0; step < 30; step += 1) await page.keyboard.press('j');
    },
  },
  { name: 'debtor-promise', scenario: 'debtor', path, settleMs: 300, act: press('r'), wide: true },
  { name: 'debtor-plan', scenario: 'debtor', path, settleMs: 600, act: press('l'), wide: true },
  {
    name: 'debtor-plan-custom',
    scenario: 'debtor',
    path,
    settleMs: 600,
    act: async (page) => {
      await page.keyboard.press('l');
      await page.waitForTimeout(500);
      await page.locator('[role=dialog] fieldset button').last().click();
      await page.locator('[role=dialog] ol input[inputmode=decimal]').nth(1).fill('12');
    },
  },
  {
    name: 'debtor-payment',
    scenario: 'debtor',
    path,
    settleMs: 500,
    act: async (page) => {
      await page.keyboard.press('p');
      await page.locator('[role=dialog] input').first().fill('300');
    },
  },
  { name: 'debtor-callback', scenario: 'debtorFar', path, settleMs: 300, act: press('c') },
  { name: 'debtor-flag', scenario: 'debtorCompany', path, settleMs: 300, act: press('f') },
  { name: 'debtor-note', scenario: 'debtor', path, settleMs: 300, act: press('n') },
  { name: 'debtor-write-off', scenario: 'debtor', path, settleMs: 300, act: press('w') },
  {
    name: 'debtor-contact-point',
    scenario: 'debtor',
    path,
    settleMs: 300,
    act: async (page) => {
      const row = page.locator('article li', { hasText: '+44 20 7946 0144' });
      await row.locator('button[aria-haspopup=menu]').click();
      await page.locator('[role=menuitem]').first().click();
    },
  },
  {
    name: 'debtor-contact-history',
    scenario: 'debtor',
    path,
    settleMs: 400,
    act: async (page) => {
      const row = page.locator('article li', { hasText: '+44 20 7946 0144' });
      await row.locator('button[aria-haspopup=menu]').click();
      await page.locator('[role=menuitem]').last().click();
    },
  },
  {
    name: 'debtor-merge',
    scenario: 'debtor',
    path,
    settleMs: 400,
    act: async (page) => {
      await page.locator('main button[aria-haspopup=menu]').last().click();
      await page.locator('[role=menuitem]').last().click();
    },
  },
  {
    name: 'debtor-merge-compare',
    scenario: 'debtor',
    path,
    settleMs: 400,
    act: async (page) => {
      await page.locator('main button[aria-haspopup=menu]').last().click();
      await page.locator('[role=menuitem]').last().click();
      await page.locator('[role=dialog] li button').first().click();
    },
  },
  {
    name: 'debtor-reveal',
    scenario: 'debtor',
    path,
    settleMs: 400,
    act: (page) => page.locator('article header button').first().click(),
  },
];
