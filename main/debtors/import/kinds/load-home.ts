import type { ReadDb } from '../../../store/index.ts';
import type { Home } from './guess-kind-mapping.ts';

const COUNTRY = `SELECT country FROM (SELECT substr(jurisdiction, 1, 2) AS country FROM debtor ORDER BY id DESC LIMIT 200)
  GROUP BY country ORDER BY count(*) DESC LIMIT 1`;
const CURRENCY = `SELECT currency FROM (SELECT currency FROM debt ORDER BY id DESC LIMIT 200)
  GROUP BY currency ORDER BY count(*) DESC LIMIT 1`;

/** Where most of the newest debtors live, and what they owe in; null before there are any. */
export function loadHome(db: ReadDb): Home | null {
  const country = db.get<{ country: string }>(COUNTRY)?.country;
  const currency = db.get<{ currency: string }>(CURRENCY)?.currency;
  return country === undefined || currency === undefined ? null : { country, currency };
}
