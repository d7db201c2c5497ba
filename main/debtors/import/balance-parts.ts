/**
 * Makes the parts of a debt agree: what is missing follows from the rest, what is left over has been paid. A balance that
 * is more than its parts has costs in it that the file does not name, so that balance = principal + interest + fees −
 * paid holds for every debt.
 */
export function balanced(
  parts: { principal: number | null; interest: number; fees: number; balance: number | null },
  onSumDiffers: () => void,
) {
  const { interest, fees } = parts;
  const principal = parts.principal ?? Math.max(0, (parts.balance ?? 0) - interest - fees);
  const total = principal + interest + fees;
  const balance = parts.balance ?? total;
  if (balance > total) onSumDiffers();
  return {
    principalMinor: principal,
    interestMinor: interest,
    feesMinor: fees + Math.max(0, balance - total),
    paidMinor: Math.max(0, total - balance),
    balanceMinor: balance,
  };
}
