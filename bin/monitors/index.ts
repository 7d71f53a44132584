import { dataQuality } from './data-quality';
import { modelBias } from './model-bias';
import { modelExplainability } from './model-explainability';
import { modelQuality } from './model-quality';
import { MonitorCommand } from './monitor-command';

/** The monitors, in the order in which help lists them. */
export const MONITORS: readonly MonitorCommand[] = [dataQuality, modelQuality, modelBias, modelExplainability];
