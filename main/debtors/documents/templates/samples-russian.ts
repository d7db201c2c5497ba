import type { LanguageLetters } from './sample-letters.ts';

export const russianLetters: LanguageLetters = {
  demandForPayment: {
    name: 'Требование об оплате',
    subject: 'Требование об оплате, дело {{debtor.reference}}',
    opening: [
      'Уважаемый клиент ({{debtor.name}})!',
      'От имени кредитора {{creditor.name}} просим Вас оплатить {{total.balance}} до {{letter.deadline}}. Сумма складывается следующим образом; проценты рассчитаны по {{letter.date}} включительно.',
    ],
    closing: [
      'Если Вы уже заплатили, считайте это письмо неактуальным и сообщите нам, когда и как была произведена оплата. Если Вы не согласны с долгом или его частью либо не можете заплатить сразу, свяжитесь с нами: мы всё проверим и можем договориться о рассрочке.',
      'Наш телефон: {{firm.phone}}, электронная почта: {{firm.email}}. Назовите, пожалуйста, номер {{debtor.reference}}.',
    ],
    signature: 'от имени {{firm.name}}',
  },
  paymentPlan: {
    name: 'Соглашение о рассрочке',
    subject: 'Соглашение о рассрочке платежа, дело {{debtor.reference}}',
    opening: [
      'между {{firm.name}}, {{firm.address}}, действующим от имени кредитора {{creditor.name}}, и {{debtor.name}}, {{debtor.address}}.',
      'Стороны договорились, что сумма {{plan.total}} будет уплачена взносами (количество: {{plan.count}}) с {{plan.firstDueOn}} по {{plan.lastDueOn}}:',
    ],
    closing: [
      'Платежи перечисляются на счёт {{account.toPay}} с назначением платежа {{account.title}}. Взнос считается уплаченным в день поступления денег на счёт.',
      'Если взнос нельзя уплатить в срок, {{debtor.name}} сообщает об этом {{firm.name}} до наступления срока, чтобы график можно было изменить.',
    ],
    signature: 'от имени {{firm.name}} / {{debtor.name}}',
  },
  paymentConfirmation: {
    name: 'Подтверждение платежа',
    subject: 'Подтверждение платежа, дело {{debtor.reference}}',
    opening: [
      'Уважаемый клиент ({{debtor.name}})!',
      'Подтверждаем, что {{payment.paidOn}} получен платёж на сумму {{payment.amount}}. Спасибо. Состояние задолженности на {{letter.date}}:',
    ],
    closing: ['Если что-то отличается от Ваших данных, сообщите нам, пожалуйста.'],
    signature: 'от имени {{firm.name}}',
  },
  balanceStatement: {
    name: 'Справка о задолженности',
    subject: 'Справка о задолженности на {{letter.date}}, дело {{debtor.reference}}',
    opening: [
      'Уважаемый клиент ({{debtor.name}})!',
      'По Вашей просьбе направляем состояние задолженности перед кредитором {{creditor.name}}. Проценты рассчитаны по {{letter.date}} включительно. Всего к оплате: {{total.balance}}.',
    ],
    closing: ['Если что-то отличается от Ваших данных, сообщите нам, пожалуйста.'],
    signature: 'от имени {{firm.name}}',
  },
};
