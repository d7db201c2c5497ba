import type { SamplePlace } from './sample-places.ts';

const words = (text: string) => text.split(' ');
const pairs = (text: string) =>
  words(text).map((pair): readonly [string, string] => {
    const [male = '', female = male] = pair.split('/');
    return [male, female];
  });

export const polishPlace: SamplePlace = {
  language: 'pl',
  country: 'PL',
  currency: 'PLN',
  priceLevel: 4.3,
  given: {
    male: words(
      'Jan Piotr Krzysztof Andrzej Tomasz Paweł Marcin Michał Grzegorz Łukasz Adam Zbigniew Mateusz Dariusz Jerzy Wojciech Rafał Sławomir Stanisław Jakub Kamil Bartłomiej Wiesław Przemysław',
    ),
    female: words(
      'Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Magdalena Joanna Aleksandra Zofia Monika Danuta Natalia Karolina Halina Irena Beata Dorota Żaneta Wiesława Grażyna Bożena',
    ),
  },
  family: pairs(
    'Nowak Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik Kamiński/Kamińska Lewandowski/Lewandowska Zieliński/Zielińska Szymański/Szymańska Woźniak Dąbrowski/Dąbrowska Kozłowski/Kozłowska Jankowski/Jankowska Mazur Krawczyk Kaczmarek Grabowski/Grabowska Król Wieczorek Jabłoński/Jabłońska Wróbel Stępień Malinowski/Malinowska Górski/Górska Witkowski/Witkowska Sikora Ostrowski/Ostrowska Bąk Duda Szewczyk Tomaszewski/Tomaszewska Pietrzak Marciniak Wróblewski/Wróblewska Gołębiowski/Gołębiowska Żak Ścibor',
  ),
  streets: [
    'ul. Polna',
    'ul. Leśna',
    'ul. Słoneczna',
    'ul. Krótka',
    'ul. Szkolna',
    'ul. Ogrodowa',
    'ul. Lipowa',
    'ul. Brzozowa',
    'ul. Łąkowa',
    'ul. Kwiatowa',
    'ul. Kościuszki',
    'ul. Mickiewicza',
    'os. Jagiellońskie',
    'al. Wojska Polskiego',
    'ul. Źródlana',
    'ul. Żeromskiego',
  ],
  cities: [
    { city: 'Warszawa', postal: '0#-#00' },
    { city: 'Kraków', postal: '31-#00' },
    { city: 'Łódź', postal: '9#-0#0' },
    { city: 'Wrocław', postal: '5#-1#0' },
    { city: 'Poznań', postal: '61-#00' },
    { city: 'Gdańsk', postal: '80-#00' },
    { city: 'Szczecin', postal: '70-#00' },
    { city: 'Bydgoszcz', postal: '85-#00' },
    { city: 'Lublin', postal: '20-#00' },
    { city: 'Białystok', postal: '15-#00' },
    { city: 'Katowice', postal: '40-#00' },
    { city: 'Rzeszów', postal: '35-#00' },
    { city: 'Kielce', postal: '25-#00' },
    { city: 'Częstochowa', postal: '42-2#0' },
  ],
  companyFirst: [
    'Zakład Stolarski',
    'Usługi Transportowe',
    'Hurtownia',
    'Piekarnia',
    'Warsztat',
    'Biuro Projektów',
    'Pracownia Krawiecka',
    'Przedsiębiorstwo Budowlane',
  ],
  companySecond: [
    'Ćwierknij',
    'Makolągwa',
    'Rzekotka',
    'Szczygiełek Zmyślony',
    'Żółty Trzmiel',
    'Gżegżółka Próbna',
    'Dzięciołek Wzorcowy',
    'Świstaczek Testowy',
  ],
  companyForms: ['Sp. z o.o.', 'S.A.', 'Sp. j.', 'Sp. k.'],
  creditors: [
    {
      name: 'Pożyczki Zmyślone Sp. z o.o.',
      kind: 'pożyczka',
      reference: 'PZ/Y/######',
      medianEuro: 620,
      spread: 0.8,
    },
    {
      name: 'Energia Wymyślona S.A.',
      kind: 'energia elektryczna',
      reference: 'FV/Y/#######',
      medianEuro: 95,
      spread: 0.6,
    },
    {
      name: 'Telefonia Bajka Sp. z o.o.',
      kind: 'telekomunikacja',
      reference: '####-##########',
      medianEuro: 60,
      spread: 0.7,
    },
    {
      name: 'Bank Fikcyjny S.A.',
      kind: 'kredyt gotówkowy',
      reference: 'KG-Y-#######',
      medianEuro: 2900,
      spread: 0.9,
    },
    {
      name: 'Wspólnota Mieszkaniowa „Przykładowa 1”',
      kind: 'czynsz',
      reference: 'WM/##/Y',
      medianEuro: 240,
      spread: 0.6,
    },
  ],
  notes: [
    'Prosi o kontakt po 16:00',
    'Mieszka u córki',
    'Korespondencja wróciła; adres do sprawdzenia',
    'Deklarował spłatę w ratach',
    'Sprawa po poprzedniej kancelarii',
  ],
};
