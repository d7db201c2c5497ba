import { leads } from '#shared/contract/index.ts';
import type { Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { newestReport } from './model-rows.ts';
import type { PayScoreJob } from './pay-score-job.ts';

/** Commands of `score.*`: what was learnt of who pays, and how good it is. */
export function createScoreHandlers(store: Store, job: PayScoreJob): Handlers {
  const report = () => {
    const row = newestReport(store.read);
    return {
      training: job.training,
      refused: job.refused,
      model: row && {
        at: row.at,
        cases: row.cases,
        payers: row.payers,
        ...row.report,
      },
    };
  };
  return {
    'score.report': report,
    'score.train': () => {
      void job.train();
      return report();
    },
  };
}

/** Tells the leads that a training is over. */
export function announceScores(publisher: Publisher): () => void {
  return () => publisher.publish('score.changed', {}, { kind: 'roles', roles: leads });
}
