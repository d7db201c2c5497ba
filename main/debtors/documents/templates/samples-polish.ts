import type { LanguageLetters } from './sample-letters.ts';

export const polishLetters: LanguageLetters = {
  demandForPayment: {
    name: 'Wezwanie do zapłaty',
    subject: 'Wezwanie do zapłaty, sprawa {{debtor.reference}}',
    opening: [
      'Szanowni Państwo,',
      'w imieniu wierzyciela {{creditor.name}} wzywamy do zapłaty kwoty {{total.balance}} w terminie do {{letter.deadline}}. Na kwotę tę składają się poniższe należności; odsetki naliczono do dnia {{letter.date}}.',
    ],
    closing: [
      'Jeżeli zapłata została już dokonana, prosimy uznać to pismo za nieaktualne i poinformować nas, kiedy i w jaki sposób to nastąpiło. Jeżeli nie zgadzają się Państwo z długiem lub jego częścią albo nie mogą zapłacić od razu, prosimy o kontakt: sprawdzimy sprawę i możemy uzgodnić raty.',
      'Nasz telefon: {{firm.phone}}, e-mail: {{firm.email}}. Prosimy podać numer {{debtor.reference}}.',
    ],
    signature: 'w imieniu {{firm.name}}',
  },
  paymentPlan: {
    name: 'Ugoda w sprawie spłaty w ratach',
    subject: 'Ugoda w sprawie spłaty w ratach, sprawa {{debtor.reference}}',
    opening: [
      'zawarta między {{firm.name}}, {{firm.address}}, działającą w imieniu wierzyciela {{creditor.name}}, a {{debtor.name}}, {{debtor.address}}.',
      'Strony uzgadniają, że kwota {{plan.total}} zostanie zapłacona w {{plan.count}} ratach, od {{plan.firstDueOn}} do {{plan.lastDueOn}}:',
    ],
    closing: [
      'Wpłaty są dokonywane na rachunek {{account.toPay}} z tytułem {{account.title}}. Ratę uważa się za zapłaconą w dniu, w którym środki wpłyną na rachunek.',
      'Jeżeli raty nie można zapłacić w terminie, {{debtor.name}} informuje o tym {{firm.name}} przed jego upływem, aby można było zmienić plan.',
    ],
    signature: 'w imieniu {{firm.name}} / {{debtor.name}}',
  },
  paymentConfirmation: {
    name: 'Potwierdzenie wpłaty',
    subject: 'Potwierdzenie wpłaty, sprawa {{debtor.reference}}',
    opening: [
      'Szanowni Państwo,',
      'potwierdzamy, że dnia {{payment.paidOn}} otrzymaliśmy wpłatę {{payment.amount}}. Dziękujemy. Stan zadłużenia na dzień {{letter.date}}:',
    ],
    closing: ['Jeżeli coś różni się od Państwa danych, prosimy o wiadomość.'],
    signature: 'w imieniu {{firm.name}}',
  },
  balanceStatement: {
    name: 'Zaświadczenie o saldzie',
    subject: 'Saldo zadłużenia na dzień {{letter.date}}, sprawa {{debtor.reference}}',
    opening: [
      'Szanowni Państwo,',
      'na Państwa prośbę przesyłamy stan zadłużenia wobec wierzyciela {{creditor.name}}. Odsetki naliczono do dnia {{letter.date}}. Łącznie do zapłaty pozostaje {{total.balance}}.',
    ],
    closing: ['Jeżeli coś różni się od Państwa danych, prosimy o wiadomość.'],
    signature: 'w imieniu {{firm.name}}',
  },
};
