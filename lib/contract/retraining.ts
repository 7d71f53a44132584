/** When a pipeline may be started again. */
export interface RetrainingLimits {
  /** No start within this time after the last one. */
  readonly cooldownSeconds: number;
  /** Most starts in 30 days. */
  readonly maximumPer30Days: number;
}

/** What some alarms are evidence of. */
export interface AlarmEvidence {
  /** The newest result of the monitor whose alarms these are. */
  readonly latestUri: string;
  readonly alarmNames: readonly string[];
}

/** What trigger-retraining needs to know; it travels in the target's input of the rule and of the re-check. */
export interface RetrainingPlan {
  readonly pipelineName: string;
  /** Every alarm that may start the pipeline, with its evidence. */
  readonly evidence: readonly AlarmEvidence[];
  readonly limits: RetrainingLimits;
  /** Pipeline parameters passed as they are, such as ModelApprovalStatus. */
  readonly parameters: Record<string, string>;
  /** Pipeline parameters that the evidence is passed in; those absent are not passed, as a pipeline refuses what it does not declare. */
  readonly evidenceParameters: EvidenceParameters;
}

/** Names of the pipeline's parameters for each piece of evidence. */
export interface EvidenceParameters {
  readonly execution?: string;
  readonly features?: string;
  readonly windowStart?: string;
  readonly windowEnd?: string;
  readonly reportUri?: string;
}

/** What trigger-retraining is invoked with. */
export interface RetrainingRequest {
  readonly plan: RetrainingPlan;
  /** The alarm's state change as EventBridge sent it; absent at a re-check. */
  readonly alarm?: { readonly time: string; readonly detail: { readonly alarmName: string; readonly state: { readonly value: string } } };
  /** `<aws.scheduler.scheduled-time>` of a re-check. */
  readonly recheckTime?: string;
}
