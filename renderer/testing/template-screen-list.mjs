const path = '/templates';
const role = 'lead';
const ofEmail = `${path}?template=00000000-0000-7000-8000-000000001720`;

/** @param {import('playwright-core').Page} page */
const chooseDebtor = async (page) => {
  await page.locator('[cmdk-input]').fill('kowal');
  await page.locator('[cmdk-item]').first().click();
};

/**
 * The texts of messages, as a lead writes them.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const templateScreens = [
  { name: 'templates', scenario: 'templates', path, role, wide: true, settleMs: 400 },
  {
    name: 'templates-preview',
    scenario: 'templates',
    path,
    role,
    settleMs: 500,
    act: chooseDebtor,
  },
  {
    name: 'templates-email',
    scenario: 'templates',
    path: ofEmail,
    role,
    wide: true,
    inlineStyles: true,
    settleMs: 700,
    act: chooseDebtor,
  },
  {
    name: 'templates-email-below',
    scenario: 'templates',
    path: ofEmail,
    role,
    settleMs: 400,
    act: (page) => page.locator('main [role=checkbox]').last().scrollIntoViewIfNeeded(),
  },
  { name: 'templates-problems', scenario: 'templatesProblems', path, role, settleMs: 500 },
  {
    name: 'templates-fields',
    scenario: 'templates',
    path,
    role,
    settleMs: 300,
    act: (page) => page.locator('main li section button[aria-haspopup=menu]').first().click(),
  },
  {
    name: 'templates-versions',
    scenario: 'templates',
    path,
    role,
    settleMs: 400,
    act: async (page) => {
      await page.locator('main section > header button').first().click();
      await page.locator('[role=dialog] li button').first().click();
    },
  },
  { name: 'templates-none', scenario: 'templatesNone', path, role },
  {
    name: 'templates-new',
    scenario: 'templatesNone',
    path: `${path}?template=new-mms`,
    role,
    settleMs: 300,
  },
  {
    name: 'templates-leave',
    scenario: 'templates',
    path,
    role,
    settleMs: 400,
    act: async (page) => {
      await page.locator('main textarea').first().fill('{{total.balance}}');
      await page.locator('main nav a').nth(1).click();
    },
  },
];
