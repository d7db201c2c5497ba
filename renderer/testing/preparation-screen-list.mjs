const one = '/campaigns/00000000-0000-7000-8000-000000000050?tab=preparation';
const number = (id) => `/numbers?number=00000000-0000-7000-8000-0000000000${id}`;

/** @param {string} part */
const part = (part) => `${one}&part=${part}`;

/** @param {number} bytes */
const recording = (bytes) => ({
  name: 'nobody-free.wav',
  mimeType: 'audio/wav',
  buffer: Buffer.alloc(bytes),
});

/**
 * How campaigns are prepared, in its designed states.
 * @type {typeof import('./screen-list.mjs').screens}
 */
export const preparationScreens = [
  { name: 'prepare-basics', scenario: 'preparation', role: 'lead', path: one },
  {
    name: 'prepare-dialing',
    scenario: 'preparation',
    role: 'lead',
    path: part('dialing'),
    wide: true,
    settleMs: 400,
    act: (page) => page.locator('details summary').click(),
  },
  {
    name: 'prepare-dialing-power',
    scenario: 'preparationPower',
    role: 'lead',
    path: part('dialing'),
  },
  {
    name: 'prepare-dialing-changed',
    scenario: 'preparation',
    role: 'lead',
    path: part('dialing'),
    settleMs: 300,
    act: (page) => page.locator('input[type=radio][value=preview]').click(),
  },
  {
    name: 'prepare-strategy',
    scenario: 'preparation',
    role: 'lead',
    path: part('strategy'),
    wide: true,
    settleMs: 800,
  },
  {
    name: 'prepare-strategy-nobody',
    scenario: 'preparationEmpty',
    role: 'lead',
    path: part('strategy'),
    settleMs: 800,
  },
  {
    name: 'prepare-strategy-failing',
    scenario: 'preparationFailing',
    role: 'lead',
    path: part('strategy'),
    settleMs: 800,
  },
  {
    name: 'prepare-strategy-loading',
    scenario: 'preparationLoading',
    role: 'lead',
    path: part('strategy'),
    settleMs: 800,
  },
  {
    name: 'prepare-strategy-new',
    scenario: 'preparation',
    role: 'lead',
    path: '/campaigns/new?part=strategy',
    settleMs: 800,
    act: (page) => page.locator('form button[type=submit]').waitFor(),
  },
  {
    name: 'prepare-numbers',
    scenario: 'preparation',
    role: 'lead',
    path: part('numbers'),
    wide: true,
  },
  {
    name: 'prepare-numbers-none',
    scenario: 'preparationPower',
    role: 'lead',
    path: part('numbers'),
  },
  { name: 'prepare-caller-ids', scenario: 'preparation', role: 'lead', path: part('callerIds') },
  {
    name: 'prepare-caller-ids-empty',
    scenario: 'preparationEmpty',
    role: 'lead',
    path: part('callerIds'),
  },
  { name: 'prepare-lookup', scenario: 'preparation', role: 'lead', path: part('lookup') },
  {
    name: 'prepare-lookup-empty',
    scenario: 'preparationEmpty',
    role: 'lead',
    path: part('lookup'),
  },
  { name: 'prepare-silence', scenario: 'preparation', role: 'lead', path: part('silence') },
  {
    name: 'prepare-silence-bundled',
    scenario: 'preparationEmpty',
    role: 'lead',
    path: part('silence'),
  },
  {
    name: 'prepare-silence-sending',
    scenario: 'preparationLoading',
    role: 'lead',
    path: part('silence'),
    act: (page) => page.locator('input[type=file]').setInputFiles(recording(40_000)),
  },
  {
    name: 'prepare-silence-refused',
    scenario: 'preparation',
    role: 'lead',
    path: part('silence'),
    act: async (page) => {
      await page.locator('input[type=file]').setInputFiles(recording(7_000_000));
      await page.getByRole('button', { name: /listen|odsłuchaj|прослушать|试听/i }).click();
    },
  },
  {
    name: 'prepare-silence-new',
    scenario: 'preparation',
    role: 'lead',
    path: '/campaigns/new?part=silence',
  },
  { name: 'prepare-outcomes', scenario: 'preparation', role: 'lead', path: part('outcomes') },
  { name: 'prepare-script', scenario: 'preparation', role: 'lead', path: part('script') },
  { name: 'prepare-dry-run', scenario: 'preparation', role: 'lead', path: part('dryRun') },
  {
    name: 'prepare-dry-run-done',
    scenario: 'preparation',
    role: 'lead',
    path: part('dryRun'),
    wide: true,
    settleMs: 300,
    act: (page) => page.locator('form section button:has(svg.lucide-flask-conical)').click(),
  },
  {
    name: 'prepare-dry-run-guessed',
    scenario: 'preparationPower',
    role: 'lead',
    path: part('dryRun'),
    settleMs: 300,
    act: (page) => page.locator('form section button:has(svg.lucide-flask-conical)').click(),
  },
  { name: 'numbers', scenario: 'preparation', role: 'admin', path: '/numbers', wide: true },
  {
    name: 'numbers-one',
    scenario: 'preparation',
    role: 'admin',
    path: number(71),
    wide: true,
    settleMs: 300,
  },
  {
    name: 'numbers-resting',
    scenario: 'preparation',
    role: 'lead',
    path: number(74),
    settleMs: 300,
  },
  {
    name: 'numbers-refused',
    scenario: 'preparation',
    role: 'lead',
    path: number(75),
    settleMs: 300,
  },
  {
    name: 'numbers-new',
    scenario: 'preparation',
    role: 'admin',
    path: '/numbers?number=new',
    settleMs: 300,
    act: (page) => page.locator('form button[type=submit]').click(),
  },
  {
    name: 'numbers-import',
    scenario: 'preparation',
    role: 'lead',
    path: '/numbers?number=import',
  },
  { name: 'numbers-empty', scenario: 'preparationEmpty', role: 'admin', path: '/numbers' },
  { name: 'numbers-failing', scenario: 'preparationFailing', role: 'lead', path: '/numbers' },
  {
    name: 'lookup',
    scenario: 'preparation',
    role: 'lead',
    path: '/numbers?tab=lookup',
    wide: true,
  },
  {
    name: 'lookup-estimate',
    scenario: 'preparation',
    role: 'lead',
    path: '/numbers?tab=lookup',
    settleMs: 700,
    act: async (page) => {
      await page.locator('form [role=combobox]').nth(2).click();
      await page.locator('[role=option]').first().click();
    },
  },
  {
    name: 'lookup-gateway',
    scenario: 'preparation',
    role: 'admin',
    path: '/numbers?tab=lookup&gateway=00000000-0000-7000-8000-000000000910',
  },
  {
    name: 'lookup-empty',
    scenario: 'preparationEmpty',
    role: 'admin',
    path: '/numbers?tab=lookup',
  },
  {
    name: 'outcomes',
    scenario: 'preparation',
    role: 'admin',
    path: '/settings?section=dispositions',
    wide: true,
  },
  {
    name: 'outcomes-one',
    scenario: 'preparation',
    role: 'admin',
    path: '/settings?section=dispositions&outcome=00000000-0000-7000-8000-000000000942',
  },
  { name: 'scripts', scenario: 'preparation', role: 'lead', path: '/settings?section=scripts' },
  {
    name: 'scripts-one',
    scenario: 'preparation',
    role: 'admin',
    path: '/settings?section=scripts&script=00000000-0000-7000-8000-000000000970',
    wide: true,
  },
  {
    name: 'scripts-empty',
    scenario: 'preparationEmpty',
    role: 'admin',
    path: '/settings?section=scripts',
  },
];
