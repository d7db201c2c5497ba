export {
  SAMPLE_LABEL,
  type SampleCsvOptions,
  type SampleEncoding,
  sampleCsv,
} from './sample-csv.ts';
export { type SampleDebtor, type SampleLanguage, sampleDebtors } from './sample-debtors.ts';
export { type SeededRandom, seededRandom } from './seeded-random.ts';
