import type { SamplePlace } from './sample-places.ts';

const words = (text: string) => text.split(' ');
const names = (text: string) => words(text).map((name): readonly [string, string] => [name, name]);

const given = {
  male: words(
    'James Oliver George Harry Jack William Thomas Charlie Daniel Matthew Samuel Joseph Benjamin Edward Luke Ryan Nathan Aaron Callum Owen',
  ),
  female: words(
    'Olivia Amelia Emily Jessica Sophie Charlotte Hannah Grace Lucy Megan Rebecca Laura Rachel Zoe Chloe Natalie Abigail Heather Siân Eleanor',
  ),
};

const companyFirst = ['Bright', 'Old Mill', 'Harbour', 'Copper', 'Thistle', 'Two Rivers', 'North'];
const companySecond = [
  'Imaginary Joinery',
  'Made-Up Catering',
  'Pretend Plumbing',
  'Sample Motors',
  'Fictional Florists',
  'Example Roofing',
];

export const britishPlace: SamplePlace = {
  language: 'en',
  country: 'GB',
  currency: 'GBP',
  priceLevel: 0.86,
  given,
  family: names(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke O'Brien MacDonald Patel Khan Hughes Edwards Turner Parker",
  ),
  streets: [
    'High Street',
    'Station Road',
    'Church Lane',
    'Victoria Road',
    'Green Lane',
    'Mill Lane',
    'The Crescent',
    'Queensway',
    "King's Road",
    'Manor Close',
  ],
  cities: [
    { city: 'London', postal: 'SE#9 #ZZ', numberPrefix: '+4420' },
    { city: 'Leeds', postal: 'LS## #ZZ', numberPrefix: '+44113' },
    { city: 'Sheffield', postal: 'S#9 #ZZ', numberPrefix: '+44114' },
    { city: 'Birmingham', postal: 'B## #ZZ', numberPrefix: '+44121' },
    { city: 'Edinburgh', postal: 'EH#9 #ZZ', numberPrefix: '+44131' },
    { city: 'Manchester', postal: 'M## #ZZ', numberPrefix: '+44161' },
  ],
  companyFirst,
  companySecond,
  companyForms: ['Ltd', 'LLP', 'plc'],
  creditors: [
    {
      name: 'Makebelieve Lending Ltd',
      kind: 'personal loan',
      reference: 'ML-Y-######',
      medianEuro: 1100,
      spread: 0.9,
    },
    {
      name: 'Nonesuch Energy plc',
      kind: 'energy',
      reference: 'NE########',
      medianEuro: 210,
      spread: 0.7,
    },
    {
      name: 'Pretend Mobile Ltd',
      kind: 'telecoms',
      reference: '#########',
      medianEuro: 85,
      spread: 0.6,
    },
    {
      name: 'Storybook Card Services Ltd',
      kind: 'credit card',
      reference: 'SC#### ####',
      medianEuro: 1900,
      spread: 0.8,
    },
  ],
  notes: [
    'Asks to be called after 4 pm',
    'Moved in with a relative; "new address to follow"',
    'Letters came back',
    'Offered to pay in instalments',
  ],
};

export const americanPlace: SamplePlace = {
  ...britishPlace,
  country: 'US',
  currency: 'USD',
  priceLevel: 1.1,
  streets: ['Main St', 'Oak Ave', 'Maple Dr', 'Washington Blvd', '2nd St', 'Lakeview Ct', 'Elm St'],
  cities: [
    { city: 'New York', region: 'NY', postal: '100##', numberPrefix: '+1212' },
    { city: 'Los Angeles', region: 'CA', postal: '900##', numberPrefix: '+1213' },
    { city: 'Miami', region: 'FL', postal: '331##', numberPrefix: '+1305' },
    { city: 'Chicago', region: 'IL', postal: '606##', numberPrefix: '+1312' },
    { city: 'Atlanta', region: 'GA', postal: '303##', numberPrefix: '+1404' },
    { city: 'San Francisco', region: 'CA', postal: '941##', numberPrefix: '+1415' },
    { city: 'Phoenix', region: 'AZ', postal: '850##', numberPrefix: '+1602' },
    { city: 'Boston', region: 'MA', postal: '021##', numberPrefix: '+1617' },
    { city: 'Las Vegas', region: 'NV', postal: '891##', numberPrefix: '+1702' },
    { city: 'Houston', region: 'TX', postal: '770##', numberPrefix: '+1713' },
    { city: 'Denver', region: 'CO', postal: '802##', numberPrefix: '+1303' },
    { city: 'Seattle', region: 'WA', postal: '981##', numberPrefix: '+1206' },
  ],
  companyForms: ['LLC', 'Inc.'],
  creditors: [
    {
      name: 'Makebelieve Finance LLC',
      kind: 'personal loan',
      reference: 'MF-Y-######',
      medianEuro: 1700,
      spread: 0.9,
    },
    {
      name: 'Storybook Medical Group Inc.',
      kind: 'medical bill',
      reference: 'MB########',
      medianEuro: 520,
      spread: 1,
    },
    {
      name: 'Pretend Wireless Inc.',
      kind: 'telecoms',
      reference: '##########',
      medianEuro: 140,
      spread: 0.6,
    },
  ],
};
