export { formatAmount, formatMoney, minorDigits, parseAmount } from './money.ts';
export { formatPhone, parsePhone } from './phone.ts';
export * from './time.ts';
