import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** What a dashboard of CloudWatch takes. */
const MOST_WIDGETS = 500;
const MOST_METRICS = 2500;
const MOST_METRICS_OF_WIDGET = 500;

interface WidgetJson {
  readonly properties: { readonly title?: string; readonly metrics?: readonly unknown[] };
}

/** What is too much for a dashboard. */
export function overLimits(widgets: readonly cloudwatch.IWidget[]): string[] {
  const graphs = widgets.flatMap(widget => widget.toJson() as WidgetJson[]).map(({ properties }) => ({ title: properties.title ?? '', count: properties.metrics?.length ?? 0 }));
  const metrics = graphs.reduce((sum, { count }) => sum + count, 0);
  const split = 'make several MonitoringDashboards, each of some schedules';
  return [
    ...widgets.length > MOST_WIDGETS ? [`the dashboard has ${widgets.length} widgets, at most ${MOST_WIDGETS} are allowed: ${split}`] : [],
    ...metrics > MOST_METRICS ? [`the dashboard has ${metrics} metrics, at most ${MOST_METRICS} are allowed: ${split}`] : [],
    ...graphs.filter(({ count }) => count > MOST_METRICS_OF_WIDGET).map(({ title, count }) =>
      `the widget ${JSON.stringify(title)} has ${count} metrics, at most ${MOST_METRICS_OF_WIDGET} are allowed: watch fewer features, or all of them by DriftMetric.maximumDrift()`),
  ];
}
