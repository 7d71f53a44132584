import { RehearsalOutcome } from '../player/outcome';

/** What came of a rehearsal, for machines. */
export function outcomeJson({ broken, hours, days, alarms, pipelineStarts, calmHours, calls, notPlayed }: RehearsalOutcome): object {
  return {
    closed: broken === undefined,
    ...broken !== undefined && { broken: { arrow: broken.arrow, reason: broken.reason, where: broken.where } },
    executions: hours,
    ...days !== undefined && { days },
    alarms,
    pipelineStarts,
    calmHours,
    permissions: { checked: calls.made, allowed: calls.allowed },
    notPlayed,
  };
}
