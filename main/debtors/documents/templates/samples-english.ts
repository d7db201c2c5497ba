import type { LanguageLetters } from './sample-letters.ts';

export const englishLetters: LanguageLetters = {
  demandForPayment: {
    name: 'Demand for payment',
    subject: 'Demand for payment, case {{debtor.reference}}',
    opening: [
      'Dear {{debtor.name}},',
      'On behalf of {{creditor.name}} we ask you to pay {{total.balance}} by {{letter.deadline}}. The amount is made up as follows; interest is counted up to {{letter.date}}.',
    ],
    closing: [
      'If you have already paid, please regard this letter as settled and tell us when and how you paid. If you do not agree with the debt or a part of it, or cannot pay at once, please write or call us: we will look at it and can agree on instalments.',
      'You can reach us at {{firm.phone}} or {{firm.email}}. Please give the number {{debtor.reference}}.',
    ],
    signature: 'for {{firm.name}}',
  },
  paymentPlan: {
    name: 'Payment plan agreement',
    subject: 'Agreement on payment in instalments, case {{debtor.reference}}',
    opening: [
      'between {{firm.name}}, {{firm.address}}, acting for {{creditor.name}}, and {{debtor.name}}, {{debtor.address}}.',
      'The parties agree that {{plan.total}} will be paid in {{plan.count}} instalments from {{plan.firstDueOn}} to {{plan.lastDueOn}}:',
    ],
    closing: [
      'Payments are made to the account {{account.toPay}} with the reference {{account.title}}. An instalment counts as paid on the day on which the money reaches the account.',
      'If an instalment cannot be paid in time, {{debtor.name}} tells {{firm.name}} before it is due, so that the plan can be changed.',
    ],
    signature: 'for {{firm.name}} / {{debtor.name}}',
  },
  paymentConfirmation: {
    name: 'Payment confirmation',
    subject: 'Confirmation of payment, case {{debtor.reference}}',
    opening: [
      'Dear {{debtor.name}},',
      'we confirm that {{payment.amount}} was received on {{payment.paidOn}}. Thank you. The state of your debts on {{letter.date}} is:',
    ],
    closing: ['If anything in this statement differs from your records, please tell us.'],
    signature: 'for {{firm.name}}',
  },
  balanceStatement: {
    name: 'Statement of balance',
    subject: 'Statement of balance on {{letter.date}}, case {{debtor.reference}}',
    opening: [
      'Dear {{debtor.name}},',
      'at your request we send you the state of your debts towards {{creditor.name}}. Interest is counted up to {{letter.date}}. In all {{total.balance}} is to be paid.',
    ],
    closing: ['If anything in this statement differs from your records, please tell us.'],
    signature: 'for {{firm.name}}',
  },
};
