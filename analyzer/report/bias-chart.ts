import { COLORS } from './colors';
import { Plot } from './plot';

/** Groups that fit a page. */
export const SHOWN_GROUPS = 30;

/** How often a group gets the positive prediction, as a multiple of how often all others do. */
export interface DisparateImpact {
  /** Such as `sex = f`. */
  readonly group: string;
  readonly baseline: number | undefined;
  readonly window: number | undefined;
  readonly isAlarming: boolean;
}

/** Draws disparate impact, baseline and window, beside the four fifths that are asked and the 1 that is fair, as SVG. */
export async function paintDisparateImpact(impacts: readonly DisparateImpact[]): Promise<string> {
  const values = impacts.slice(0, SHOWN_GROUPS).flatMap(({ group, baseline, window, isAlarming }) => [
    { group, side: 'Baseline', impact: shown(baseline) },
    { group, side: isAlarming ? 'Alarm' : 'Window', impact: shown(window) },
  ]);
  return plotOf().draw(values);
}

/** An infinite ratio has no place on the axis. */
function shown(impact: number | undefined): number | null {
  return impact === undefined || !Number.isFinite(impact) ? null : impact;
}

const RULES = [{ at: 0.8, name: 'four fifths' }, { at: 1, name: 'fair' }] as const;
const RULE_COLORS = [COLORS.alarm, COLORS.faint];

function plotOf(): Plot {
  const ruleColor = { field: 'name', type: 'nominal', scale: { domain: RULES.map(({ name }) => name), range: RULE_COLORS }, legend: null } as const;
  const rules = { data: { values: [...RULES] } } as const;
  return new Plot({
    fontSize: 11.5,
    width: 720,
    height: { step: 30 },
    resolve: { scale: { color: 'independent' } },
    layer: [
      { ...rules, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { x: { field: 'at', type: 'quantitative' }, color: ruleColor } },
      {
        ...rules,
        mark: { type: 'text', baseline: 'bottom', dy: -6, fontSize: 10.5 },
        encoding: { x: { field: 'at', type: 'quantitative' }, y: { value: 0 }, text: { field: 'name' }, color: ruleColor },
      },
      {
        mark: { type: 'point', filled: true, size: 130, opacity: 1 },
        encoding: {
          y: { field: 'group', type: 'nominal', sort: null, axis: { title: null, labelLimit: 240, ticks: false, domain: false, grid: true } },
          x: { field: 'impact', type: 'quantitative', scale: { zero: true, nice: false }, axis: { title: null, tickCount: 6, ticks: false, grid: false } },
          color: { field: 'side', type: 'nominal', scale: { domain: ['Baseline', 'Window', 'Alarm'], range: [COLORS.faint, COLORS.window, COLORS.alarm] }, legend: null },
        },
      },
    ],
    config: {
      axis: { labelPadding: 6 },
    },
  });
}
