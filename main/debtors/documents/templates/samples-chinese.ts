import type { LanguageLetters } from './sample-letters.ts';

export const chineseLetters: LanguageLetters = {
  demandForPayment: {
    name: '付款通知书',
    subject: '付款通知书（案件编号 {{debtor.reference}}）',
    opening: [
      '尊敬的{{debtor.name}}：',
      '我方受债权人{{creditor.name}}委托，请您于{{letter.deadline}}前支付{{total.balance}}。款项构成如下，利息计算至{{letter.date}}。',
    ],
    closing: [
      '如您已经付款，请忽略本函，并告知我方付款时间和方式。如您对债务或其中一部分有异议，或无法一次付清，请与我方联系：我方将核实情况，也可以商定分期付款。',
      '联系电话：{{firm.phone}}，电子邮箱：{{firm.email}}。联系时请提供编号{{debtor.reference}}。',
    ],
    signature: '{{firm.name}}',
  },
  paymentPlan: {
    name: '分期还款协议',
    subject: '分期还款协议（案件编号 {{debtor.reference}}）',
    opening: [
      '甲方：{{firm.name}}（{{firm.address}}），代表债权人{{creditor.name}}；乙方：{{debtor.name}}（{{debtor.address}}）。',
      '双方约定：{{plan.total}}分{{plan.count}}期支付，自{{plan.firstDueOn}}起至{{plan.lastDueOn}}止：',
    ],
    closing: [
      '款项汇入账户{{account.toPay}}，附言注明{{account.title}}。款项到账之日视为该期付款之日。',
      '如无法按期付款，{{debtor.name}}应在到期前告知{{firm.name}}，以便调整计划。',
    ],
    signature: '{{firm.name}} / {{debtor.name}}',
  },
  paymentConfirmation: {
    name: '收款确认书',
    subject: '收款确认书（案件编号 {{debtor.reference}}）',
    opening: [
      '尊敬的{{debtor.name}}：',
      '我方确认已于{{payment.paidOn}}收到{{payment.amount}}，谢谢。截至{{letter.date}}的债务情况如下：',
    ],
    closing: ['如与您的记录不符，请与我方联系。'],
    signature: '{{firm.name}}',
  },
  balanceStatement: {
    name: '欠款余额说明',
    subject: '截至{{letter.date}}的欠款余额说明（案件编号 {{debtor.reference}}）',
    opening: [
      '尊敬的{{debtor.name}}：',
      '应您要求，现告知您对债权人{{creditor.name}}的债务情况。利息计算至{{letter.date}}，应付总额为{{total.balance}}。',
    ],
    closing: ['如与您的记录不符，请与我方联系。'],
    signature: '{{firm.name}}',
  },
};
