const thread = (number) =>
  `/inbox?thread=00000000-0000-7000-8000-${String(1900 + number).padStart(12, '0')}`;
const gateway = (number) =>
  `/gateways?gateway=00000000-0000-7000-8000-${String(1600 + number).padStart(12, '0')}`;
const desk = { scenario: 'desk', role: 'lead', settleMs: 400 };
const admin = { ...desk, role: 'admin' };

/**
 * The pages beside the call: inbox, gateways, outbox.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const deskScreens = [
  { name: 'inbox', ...desk, path: '/inbox', wide: true, navigation: 'open' },
  { name: 'inbox-thread', ...desk, scenario: 'deskAgent', role: 'agent', path: thread(0) },
  {
    name: 'inbox-quoted',
    ...desk,
    path: thread(0),
    act: async (page) => {
      await page.locator('[data-conversation] [aria-expanded=false]').click();
      await page.locator('[data-conversation]').evaluate((element) => {
        element.scrollTop = 0;
      });
    },
  },
  {
    name: 'inbox-formatted',
    ...desk,
    path: thread(0),
    inlineStyles: true,
    act: async (page) => {
      await page.locator('[data-formatted=false]').first().click();
    },
  },
  {
    name: 'inbox-reply',
    ...desk,
    path: thread(0),
    wide: true,
    act: async (page) => {
      await page.locator('[data-conversation]').waitFor();
      await page.keyboard.press('r');
      await page.locator('[data-reply] textarea').waitFor();
      await page.keyboard.type('Tak, dziękujemy. Czekamy na 400 zł do piątku.');
    },
  },
  {
    name: 'inbox-reply-email',
    ...desk,
    path: thread(0),
    act: async (page) => {
      await page.locator('[data-conversation]').waitFor();
      await page.keyboard.press('r');
      await page.locator('[data-reply] fieldset button').last().click();
    },
  },
  {
    name: 'inbox-snooze',
    ...desk,
    path: thread(0),
    act: async (page) => {
      await page.locator('[data-conversation]').waitFor();
      await page.keyboard.press('z');
    },
  },
  {
    name: 'inbox-done-undo',
    ...desk,
    path: thread(0),
    act: async (page) => {
      await page.locator('[data-conversation]').waitFor();
      await page.keyboard.press('e');
    },
  },
  { name: 'inbox-unmatched', ...desk, path: thread(1), wide: true },
  {
    name: 'inbox-match',
    ...desk,
    path: thread(1),
    act: async (page) => {
      await page.locator('[data-conversation]').waitFor();
      await page.keyboard.press('m');
      await page.keyboard.type('kowal');
    },
  },
  {
    name: 'inbox-attachment',
    ...desk,
    path: thread(0),
    settleMs: 900,
    act: (page) => page.locator('[data-conversation] article li button').last().click(),
  },
  { name: 'inbox-opted-out', ...desk, path: thread(3) },
  {
    name: 'inbox-take-back',
    ...desk,
    path: thread(3),
    act: async (page) => {
      await page.keyboard.press('m');
      await page.getByRole('complementary').getByRole('listitem').first().waitFor();
    },
  },
  { name: 'inbox-snoozed', ...desk, path: '/inbox?view=snoozed' },
  { name: 'inbox-empty', ...desk, scenario: 'deskEmpty', path: '/inbox' },
  { name: 'inbox-empty-mine', ...desk, scenario: 'deskEmpty', path: '/inbox?view=mine' },
  { name: 'inbox-failing', ...desk, scenario: 'deskFailing', path: '/inbox' },
  { name: 'inbox-loading', ...desk, scenario: 'deskLoading', path: '/inbox' },
  { name: 'workspace-waiting', ...desk, scenario: 'deskAgent', role: 'agent', path: '/workspace' },
  { name: 'gateways', ...admin, path: '/gateways', wide: true },
  { name: 'gateways-lead', ...desk, path: '/gateways' },
  { name: 'gateways-empty', ...admin, scenario: 'deskEmpty', path: '/gateways' },
  { name: 'gateways-failing', ...admin, scenario: 'deskFailing', path: '/gateways' },
  { name: 'gateways-kinds', ...admin, path: '/gateways?gateway=new', wide: true },
  { name: 'gateway-smpp', ...admin, path: gateway(0), wide: true },
  { name: 'gateway-webhook', ...admin, path: gateway(1) },
  { name: 'gateway-modem', ...admin, path: '/gateways?gateway=new&kind=modem' },
  {
    name: 'gateway-gaps',
    ...admin,
    path: '/gateways?gateway=new&kind=email',
    act: (page) => page.locator('form button[type=submit]').click(),
  },
  {
    name: 'gateway-test',
    ...admin,
    path: gateway(2),
    act: async (page) => {
      await page.locator('form button[type=submit] + button').click();
      await page.locator('form ol').waitFor();
      await page.locator('form ol details').last().locator('summary').click();
      await page.locator('form ol').scrollIntoViewIfNeeded();
    },
  },
  { name: 'message-settings', ...admin, path: '/gateways?tab=settings', wide: true },
  { name: 'message-settings-lead', ...desk, path: '/gateways?tab=settings' },
  { name: 'outbox', ...desk, path: '/outbox?state=all', wide: true },
  {
    name: 'outbox-unknown',
    ...desk,
    path: '/outbox?state=unknown&message=00000000-0000-7000-8000-000000001803',
  },
  {
    name: 'outbox-failed',
    ...desk,
    path: '/outbox?state=failed&message=00000000-0000-7000-8000-000000001804',
  },
  { name: 'outbox-empty', ...desk, scenario: 'deskEmpty', path: '/outbox' },
  { name: 'outbox-failing', ...desk, scenario: 'deskFailing', path: '/outbox' },
  { name: 'many', ...desk, path: '/outbox?tab=many', wide: true },
  {
    name: 'many-estimate',
    ...desk,
    path: '/outbox?tab=many',
    wide: true,
    settleMs: 700,
    act: async (page) => {
      for (const [place, option] of [
        [0, 0],
        [2, 0],
      ]) {
        await page.locator('main form [role=combobox]').nth(place).click();
        await page.locator('[role=option]:visible').nth(option).click();
        await page.locator('[role=option]:visible').first().waitFor({ state: 'detached' });
      }
    },
  },
  { name: 'many-empty', ...desk, scenario: 'deskEmpty', path: '/outbox?tab=many' },
  { name: 'many-failing', ...desk, scenario: 'deskFailing', path: '/outbox?tab=many' },
];
