import { Problems } from '../../private/validation';
import { MonitoringScheduleProps } from '../monitoring-schedule-props';
import { endpointInput } from './endpoint-input';
import { ScheduleInput } from './schedule-input';

/** The one thing that a schedule watches. */
export function inputOf({ endpoint, input }: MonitoringScheduleProps, problems: Problems): ScheduleInput {
  problems.require(endpoint === undefined || input === undefined, 'endpoint and input are two things to watch: give one, and make a schedule for each');
  if (input !== undefined) return input._input;
  if (endpoint !== undefined) return endpointInput(endpoint);
  return problems.fail('there is nothing to watch: give an endpoint, or an input such as MonitoringInput.captures({ bucket, prefix })');
}
