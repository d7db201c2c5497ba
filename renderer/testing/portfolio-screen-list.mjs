const lead = { scenario: 'lead', role: 'lead' };
const settled = { settleMs: 350 };

/**
 * Search, lists, imports, the bank, work for a lead and letters in their designed states.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const portfolioScreens = [
  {
    name: 'search-recent',
    ...lead,
    ...settled,
    path: '/portfolio',
    act: (page) => page.keyboard.press('Control+k'),
  },
  {
    name: 'search-phone',
    ...lead,
    ...settled,
    path: '/portfolio',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('7700');
    },
  },
  {
    name: 'search-nothing',
    ...lead,
    ...settled,
    path: '/portfolio',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('zzzz');
    },
  },
  {
    name: 'list-filtered',
    ...lead,
    ...settled,
    wide: true,
    path: '/portfolio?promise=broken&age=from:30,to:180&amount=from:100000,in:PLN&no-flag=deceased',
  },
  {
    name: 'list-kept',
    ...lead,
    ...settled,
    path: '/portfolio?promise=broken&age=from:30&list=00000000-0000-7000-8000-000000000800&kind=person',
  },
  {
    name: 'list-condition',
    ...lead,
    ...settled,
    path: '/portfolio?age=bands:older,from:30',
    act: (page) => page.locator('main section button[title]').first().click(),
  },
  {
    name: 'list-add-condition',
    ...lead,
    ...settled,
    path: '/portfolio',
    act: (page) =>
      page
        .locator('main section input[type=search] >> xpath=../following-sibling::button[1]')
        .click(),
  },
  {
    name: 'list-marked',
    ...lead,
    ...settled,
    wide: true,
    path: '/portfolio',
    act: async (page) => {
      await page.locator('[role=row][data-index="1"] [role=gridcell]').first().click();
      await page.locator('[role=row][data-index="4"] [role=gridcell]').first().click();
    },
  },
  {
    name: 'list-bulk',
    ...lead,
    ...settled,
    path: '/portfolio?promise=broken',
    act: async (page) => {
      await page.locator('[role=columnheader] input').check();
      await page.locator('[role=toolbar] button').nth(2).click();
    },
  },
  {
    name: 'list-export',
    ...lead,
    ...settled,
    path: '/portfolio',
    act: async (page) => {
      await page.locator('main section header button').first().click();
      await page.waitForTimeout(200);
      await page.locator('[role=dialog] button').last().click();
    },
  },
  {
    name: 'list-building',
    scenario: 'listsBuilding',
    role: 'lead',
    path: '/portfolio',
    settleMs: 500,
  },
  { name: 'list-agent', scenario: 'lead', role: 'agent', path: '/portfolio', ...settled },
  {
    name: 'import-statement',
    scenario: 'statement',
    role: 'lead',
    path: '/import?kind=bankStatement&file=f1&name=wyciag_20261119.mt940',
    ...settled,
  },
  {
    name: 'import-trial',
    scenario: 'trialDone',
    role: 'lead',
    path: '/import?file=f1&name=nest.csv',
    settleMs: 500,
    act: (page) => page.locator('main form button[type=button]').last().click(),
  },
  { name: 'import-do-not-call', ...lead, path: '/import?kind=doNotCall' },
  {
    name: 'import-undo',
    ...lead,
    ...settled,
    path: '/import',
    act: (page) => page.locator('[role=row][data-index="2"] button').click(),
  },
  {
    name: 'import-undone',
    scenario: 'undone',
    role: 'lead',
    path: '/import?job=00000000-0000-7000-8000-000000000300',
  },
  { name: 'import-first', scenario: 'nothingToDo', role: 'lead', path: '/import' },
  { name: 'bank', ...lead, ...settled, wide: true, path: '/bank' },
  {
    name: 'bank-search',
    ...lead,
    settleMs: 500,
    path: '/bank',
    act: async (page) => {
      await page.keyboard.press('/');
      await page.waitForTimeout(100);
      await page.keyboard.type('kowal');
    },
  },
  {
    name: 'bank-split',
    ...lead,
    ...settled,
    path: '/bank',
    act: (page) => page.keyboard.press('s'),
  },
  { name: 'bank-entries', ...lead, ...settled, path: '/bank?tab=entries' },
  { name: 'bank-empty', scenario: 'nothingToDo', role: 'lead', path: '/bank' },
  { name: 'write-offs', ...lead, ...settled, wide: true, path: '/write-offs' },
  { name: 'write-offs-empty', scenario: 'nothingToDo', role: 'lead', path: '/write-offs' },
  { name: 'callbacks', ...lead, ...settled, path: '/callbacks' },
  { name: 'callbacks-empty', scenario: 'nothingToDo', role: 'agent', path: '/callbacks' },
  { name: 'letters', ...lead, ...settled, wide: true, path: '/letters' },
  {
    name: 'letters-preview',
    ...lead,
    settleMs: 1500,
    wide: true,
    path: '/letters',
    act: async (page) => {
      await page.locator('main [role=option]').first().click();
    },
  },
  { name: 'letters-letterhead', ...lead, ...settled, path: '/letters?tab=letterhead' },
  { name: 'letters-empty', scenario: 'nothingToDo', role: 'lead', path: '/letters' },
  {
    name: 'call-goes-on',
    scenario: 'talking',
    ...settled,
    act: (page) =>
      page.evaluate(() => {
        location.hash = '#/callbacks';
      }),
  },
];
