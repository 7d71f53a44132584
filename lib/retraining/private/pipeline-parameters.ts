import { EvidenceParameters } from '../../contract';

/** Names of the parameters that every execution has. */
export const PipelineParameter = {
  MODEL_APPROVAL_STATUS: 'ModelApprovalStatus',
  TRAINING_DATA_URI: 'TrainingDataUri',
  CURRENT_MODEL_URI: 'CurrentModelUri',
} as const;

/** Names of the parameters that say why an execution was started. */
export const EVIDENCE_PARAMETERS: Required<EvidenceParameters> = {
  execution: 'DriftExecution',
  features: 'DriftFeatures',
  windowStart: 'DriftWindowStart',
  windowEnd: 'DriftWindowEnd',
  reportUri: 'DriftReportUri',
};

/** What the evidence says when a person, and no drift, started the execution: a model's metadata may not be empty. */
const NO_EVIDENCE = 'none';

/** A parameter as the definition declares it. */
export interface PipelineParameterDeclaration {
  readonly Name: string;
  readonly Type: 'String';
  readonly DefaultValue: string;
  readonly EnumValues?: readonly string[];
}

/** Every parameter of the pipeline: SageMaker refuses what is not declared. */
export function parameterDeclarations(trainingDataUri: string, currentModelUri: string): PipelineParameterDeclaration[] {
  return [
    { ...declaration(PipelineParameter.MODEL_APPROVAL_STATUS, 'PendingManualApproval'), EnumValues: ['PendingManualApproval', 'Approved', 'Rejected'] },
    declaration(PipelineParameter.TRAINING_DATA_URI, trainingDataUri),
    declaration(PipelineParameter.CURRENT_MODEL_URI, currentModelUri),
    ...Object.values(EVIDENCE_PARAMETERS).map(name => declaration(name, NO_EVIDENCE)),
  ];
}

function declaration(name: string, defaultValue: string): PipelineParameterDeclaration {
  return { Name: name, Type: 'String', DefaultValue: defaultValue };
}
