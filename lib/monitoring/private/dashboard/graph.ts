import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** The whole width of a dashboard. */
export const FULL_WIDTH = 24;

/** The axis of a share, which lies between 0 and 1. */
export const SHARE: cloudwatch.YAxisProps = { min: 0, max: 1, showUnits: false };
/** The axis of what is never negative. */
export const AMOUNT: cloudwatch.YAxisProps = { min: 0, showUnits: false };

/** A graph with its title, lines, axis and thresholds. */
export function graph(
  title: string, left: readonly cloudwatch.IMetric[], leftYAxis: cloudwatch.YAxisProps, thresholds: readonly cloudwatch.HorizontalAnnotation[] = [],
): cloudwatch.GraphWidgetProps {
  return { title, left: [...left], leftYAxis, leftAnnotations: [...thresholds] };
}

/** Graphs side by side, over the whole width. */
export function row(...graphs: readonly cloudwatch.GraphWidgetProps[]): cloudwatch.IWidget[] {
  return graphs.map(props => new cloudwatch.GraphWidget({ ...props, width: FULL_WIDTH / graphs.length }));
}
