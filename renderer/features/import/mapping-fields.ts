import { fieldsOfKind, type ImportField, type ImportKind } from '#shared/contract/index.ts';

/** Fields that several columns may give: every phone of a debtor counts. */
export const repeatable: ReadonlySet<ImportField> = new Set([
  'ignore',
  'phone',
  'mobilePhone',
  'homePhone',
  'workPhone',
  'email',
  'note',
  'interest',
  'fees',
  'title',
  'text',
]);

/** What a mapping still lacks before anything can be stored. */
export type MappingGap = 'name' | 'amount' | 'reference' | 'date' | 'phone';

/** What is not wrong and yet probably not meant: debtors who cannot be called, debts that cannot be updated later. */
export type MappingDoubt = 'phone' | 'debtRef' | 'debtorRef';

const references: readonly ImportField[] = ['reference', 'debtRef', 'debtorRef'];

/** Of each gap the fields of which one is enough. */
export const neededByKind: Record<
  ImportKind,
  readonly (readonly [MappingGap, readonly ImportField[]])[]
> = {
  portfolio: [
    ['name', ['fullName', 'givenName', 'familyName', 'companyName']],
    ['amount', ['balance', 'principal']],
  ],
  payments: [
    ['reference', references],
    ['amount', ['amount']],
    ['date', ['paidOn']],
  ],
  bankStatement: [
    ['amount', ['amount', 'creditAmount']],
    ['date', ['paidOn']],
  ],
  agencyHistory: [
    ['reference', references],
    ['date', ['at']],
  ],
  doNotCall: [['phone', ['phone']]],
};

/** The fields as a person looks for them: who, how to reach, what is owed. Other kinds are short enough for one group. */
export const portfolioGroups: readonly { id: string; fields: readonly ImportField[] }[] = [
  { id: 'none', fields: ['ignore'] },
  {
    id: 'debtor',
    fields: [
      'debtorRef',
      'fullName',
      'givenName',
      'familyName',
      'companyName',
      'birthDate',
      'nationalId',
      'taxId',
      'language',
    ],
  },
  {
    id: 'contact',
    fields: [
      'phone',
      'mobilePhone',
      'homePhone',
      'workPhone',
      'email',
      'street',
      'postalCode',
      'city',
      'region',
      'country',
    ],
  },
  {
    id: 'debt',
    fields: [
      'debtRef',
      'creditorName',
      'debtKind',
      'currency',
      'principal',
      'interest',
      'fees',
      'balance',
      'dueOn',
      'accountToPay',
      'note',
    ],
  },
];

/** What a column of this kind of file can mean, in the order in which it is offered. */
export function fieldsFor(kind: ImportKind): readonly ImportField[] {
  return kind === 'portfolio'
    ? portfolioGroups.flatMap((group) => group.fields)
    : fieldsOfKind[kind];
}
