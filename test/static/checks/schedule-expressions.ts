import { Check } from './finding';

/** Numbers of a field, the words that stand for them, and what else it may say. */
interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
  readonly extra?: RegExp;
}

/** The fields of cron(…) with their numbers and names; a question mark stands for no opinion, in one of the two kinds of day. */
const FIELDS: readonly Field[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31, extra: /^(\?|L|LW|\d{1,2}W)$/ },
  { name: 'month', from: 1, to: 12, words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] },
  { name: 'day of week', from: 1, to: 7, words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'], extra: /^(\?|L|[1-7]L|[1-7]#[1-5])$/ },
  { name: 'year', from: 1970, to: 2199 },
];
const MANAGED = /^(NOW|cron\(0 (\*|\d{1,2}|\d{1,2}\/([1-9]|1\d|2[0-4])) \? \* \* \*\))$/;

/**
 * EventBridge's schedules, and the narrower ones of the managed service. No validator reads what is inside of the brackets.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ScheduleConfig.html
 */
export const scheduleExpressions: Check = deployment => deployment.resources().flatMap((resource) => {
  const { ScheduleExpression: expression, MonitoringScheduleConfig: config } = deployment.properties(resource) as ScheduleProperties;
  const managed = config?.ScheduleConfig?.ScheduleExpression;
  const problem = expression === undefined ? managed && managedProblem(managed) : scheduleProblem(expression, resource.type === 'AWS::Scheduler::Schedule');
  return problem === undefined ? [] : [`${resource.logicalId}: ${problem}`];
});

interface ScheduleProperties {
  readonly ScheduleExpression?: string;
  readonly MonitoringScheduleConfig?: { readonly ScheduleConfig?: { readonly ScheduleExpression?: string } };
}

/** What is wrong with a schedule of the managed service. */
export function managedProblem(expression: string): string | undefined {
  return MANAGED.test(expression) ? undefined : `the managed service runs hourly, daily, every so many hours from an hour on, or NOW; got ${expression}`;
}

/** What is wrong with a schedule of EventBridge, or of its Scheduler, which can also fire just once. */
export function scheduleProblem(expression: string, once: boolean): string | undefined {
  const [, kind, inside = ''] = /^(\w+)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return cronProblem(inside);
  if (kind === 'rate') return rateProblem(inside);
  if (kind === 'at' && once) return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside) ? undefined : `at(…) takes yyyy-mm-ddThh:mm:ss, got ${inside}`;
  return `a schedule is cron(…)${once ? ', rate(…) or at(…)' : ' or rate(…)'}, got ${expression}`;
}

function rateProblem(inside: string): string | undefined {
  const [, count, unit] = /^(\d+) (minutes?|hours?|days?)$/.exec(inside) ?? [];
  const fits = Number(count) > 0 && unit?.endsWith('s') === (Number(count) !== 1);
  return fits ? undefined : `rate(…) takes a positive number and minutes, hours or days (of 1: minute, hour, day), got ${inside}`;
}

function cronProblem(inside: string): string | undefined {
  const fields = inside.split(' ');
  if (fields.length !== FIELDS.length) return `cron(…) takes ${FIELDS.length} fields (${FIELDS.map(({ name }) => name).join(', ')}), got ${fields.length}: ${inside}`;
  const wrong = FIELDS.find((field, index) => !(fields[index] ?? '').split(',').every(item => fits(item, field)));
  if (wrong !== undefined) return `cron(${inside}) has ${wrong.name} that are none`;
  return (fields[2] === '?') === (fields[4] === '?') ? `cron(${inside}) must have a question mark for exactly one of day of month and day of week` : undefined;
}

function fits(item: string, { from, to, words = [], extra }: Field): boolean {
  if (extra?.test(item) === true) return true;
  const [range = '', step] = item.split('/');
  const value = (text: string): number => words.includes(text) ? words.indexOf(text) + from : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const ends = range === '*' ? [from, to] : range.split('-').map(value);
  return ends.length <= 2 && ends.every(end => end >= from && end <= to) && (step === undefined || value(step) >= 1);
}
