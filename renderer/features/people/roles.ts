/** What a person can be; `machine` belongs to the command line. */
export const roles = ['agent', 'lead', 'admin'] as const;
export type PersonRole = (typeof roles)[number];
