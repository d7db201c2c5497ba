import type { ReadDb } from '../../store/index.ts';

type Job = { importJobId: string };

const DEBTOR_WORKED_ON = `SELECT 1 WHERE
  EXISTS (SELECT 1 FROM interaction WHERE debtorId = :id AND importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM debt WHERE debtorId = :id AND importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM contactPoint WHERE debtorId = :id AND (importJobId IS NOT :job OR status <> 'active'
    OR lastTriedAt IS NOT NULL))
  OR EXISTS (SELECT 1 FROM promiseToPay WHERE debtorId = :id AND importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM payment WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM debt b JOIN debtEntry e ON e.debtId = b.id WHERE b.debtorId = :id
    AND e.importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM hold WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM callback WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM paymentPlan WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM writeOff WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM relation WHERE debtorId = :id AND importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM relation WHERE otherDebtorId = :id AND importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM consent WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM document WHERE debtorId = :id AND NOT (kind = 'messageMedia' AND sentAt IS NULL))
  OR EXISTS (SELECT 1 FROM message WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM contactPointVersion WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM debtorMerge WHERE keptDebtorId = :id)
  OR EXISTS (SELECT 1 FROM debtorMerge WHERE mergedDebtorId = :id)
  OR EXISTS (SELECT 1 FROM contactEvent WHERE debtorId = :id
    AND NOT (reservation IS 'released' AND decisionId IS NULL))
  OR EXISTS (SELECT 1 FROM attempt WHERE debtorId = :id)
  OR EXISTS (SELECT 1 FROM importJob j WHERE j.id > :job AND j.undoneAt IS NULL AND (
    EXISTS (SELECT 1 FROM importBefore i WHERE i.importJobId = j.id AND i.tableName = 'debtor' AND i.rowId = :id)
    OR EXISTS (SELECT 1 FROM debt b JOIN importBefore i ON i.importJobId = j.id AND i.tableName = 'debt'
      AND i.rowId = b.id WHERE b.debtorId = :id)))`;

/** Whether anything about a debtor came from elsewhere than the job that made it. */
export function isDebtorWorkedOn(db: ReadDb, job: Job, debtorId: string): boolean {
  const { importJobId } = job;
  return db.prepare(DEBTOR_WORKED_ON).get({ id: debtorId, job: importJobId }) !== undefined;
}

const DEBT_WORKED_ON = `SELECT 1 WHERE
  EXISTS (SELECT 1 FROM debtEntry WHERE debtId = :id AND importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM promiseToPay WHERE debtorId = :debtor AND debtId = :id)
  OR EXISTS (SELECT 1 FROM writeOff WHERE debtorId = :debtor AND debtId = :id)
  OR EXISTS (SELECT 1 FROM document WHERE debtorId = :debtor AND debtId = :id)
  OR EXISTS (SELECT 1 FROM hold WHERE debtorId = :debtor AND debtId = :id)
  OR EXISTS (SELECT 1 FROM interaction WHERE debtorId = :debtor AND debtId = :id AND importJobId IS NOT :job)
  OR EXISTS (SELECT 1 FROM paymentPlan WHERE debtorId = :debtor AND instr(debtIdsJson, :id) > 0)
  OR EXISTS (SELECT 1 FROM debt WHERE id = :id AND status = 'closed')
  OR EXISTS (SELECT 1 FROM importJob j JOIN importBefore i ON i.importJobId = j.id AND i.tableName = 'debt'
    AND i.rowId = :id WHERE j.id > :job AND j.undoneAt IS NULL)`;

/** Whether somebody worked on a debt that the job added to a debtor who was there. */
export function isDebtWorkedOn(db: ReadDb, job: Job, debtId: string): boolean {
  const debt = db.get<{ debtorId: string }>('SELECT debtorId FROM debt WHERE id = ?', debtId);
  const parameters = { id: debtId, debtor: debt?.debtorId ?? null, job: job.importJobId };
  return db.prepare(DEBT_WORKED_ON).get(parameters) !== undefined;
}
