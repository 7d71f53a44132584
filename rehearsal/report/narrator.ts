import type { Ora } from 'ora';
import * as path from 'node:path';
import colors from 'picocolors';
import { Constraints, ReportFile, Statistics } from '../../lib/contract';
import { AlarmOutcome, HourOutcome, PipelineStart, RehearsalEvent, RehearsalOutcome } from '../player/outcome';
import { baselineTables } from './baseline-tables';
import { spinnerOn } from './spinner';
import { table } from './table';

/** What a handler answers that has nothing to say. */
const SILENT_ANSWERS = ['null', '{"batchItemFailures":[]}'];

/** Tells a person who watches what happens, as it happens. */
export class Narrator {
  private readonly spinner: Ora;
  private lastHandler = '';
  /** How far the rehearsal is. */
  private place = '';

  constructor(private readonly out: NodeJS.WriteStream) {
    this.spinner = spinnerOn(out);
  }

  /** Tells one event. */
  public tell(event: RehearsalEvent): void {
    switch (event.type) {
      case 'progress': this.progress(event.doing); break;
      case 'execution': this.execution(event); break;
      case 'baseline': this.baseline(event.statistics, event.constraints); break;
      case 'hour': this.hour(event.hour, event.drifted); break;
      case 'alarm': this.alarm(event.alarm); break;
      case 'event': this.line(`    ${colors.dim('event')}    ${event.detailType} ${colors.dim(event.subject)}`); break;
      case 'handler': this.handler(event.name, SILENT_ANSWERS.includes(event.answer) ? '' : shortened(event.answer)); break;
      case 'pipeline': this.pipeline(event.start); break;
    }
  }

  /** Tells what it all came to. */
  public conclude(outcome: RehearsalOutcome): void {
    this.stop();
    const { calls, calmHours, days, pipelineStarts, notPlayed, hours, broken } = outcome;
    for (const what of notPlayed) this.line(colors.dim(`not played: ${what}`));
    const report = hours.findLast(({ reports }) => reports !== undefined)?.reports;
    if (report !== undefined) this.line(`\nreport             ${path.join(report, ReportFile.REPORT)}`);
    this.line(`permissions        ${calls.made} checked, ${calls.allowed} allowed`);
    if (days === undefined) this.line(`calm hours         ${calmHours.played - calmHours.withAlarm} of ${calmHours.played} without alarm`);
    for (const [index, { what, raised }] of (days ?? []).entries()) this.line(`day ${index + 1}              ${raised.join(', ') || 'no alarm'} ${colors.dim(what)}`);
    this.line(`alarms             ${outcome.alarms.length}`);
    this.line(`pipeline           ${pipelineStarts.length} execution(s) started`);
    if (broken !== undefined) this.line(`\n${colors.red(colors.bold(broken.message))}`);
    else this.line(`\n${colors.green(colors.bold(verdict(outcome)))}`);
  }

  /** Takes the progress away. */
  public stop(): void {
    this.spinner.stop();
  }

  /** A handler that is asked again and again, and says the same, is told once. */
  private handler(name: string, answer: string): void {
    const line = `    ${colors.dim('handler')}  ${name} ${colors.dim(answer)}`;
    if (line !== this.lastHandler) this.line(line);
    this.lastHandler = line;
  }

  private progress(doing: string): void {
    this.spinner.start(`${this.place}${doing}`);
  }

  private execution({ number, of, time }: { readonly number: number; readonly of: number; readonly time: Date }): void {
    this.place = `execution ${number} of ${of}, ${time.toISOString().slice(0, 16).replace('T', ' ')}: `;
    this.progress('starting');
  }

  private baseline(statistics: Statistics, constraints: Constraints): void {
    this.line(`\n${baselineTables(statistics, constraints)}\n`);
  }

  private hour({ window, monitor, captured, rejected, status, violations }: HourOutcome, drifted: boolean): void {
    const span = `${window.start.slice(0, 10)} ${window.start.slice(11, 16)}–${window.end.slice(11, 16)}`;
    const kind = /-(model-\w+)$/.exec(monitor)?.[1] ?? '';
    const verdictOf = { Completed: colors.green('no violation'), CompletedWithViolations: colors.yellow(`${violations.length} violation(s)`), NoData: colors.dim('no data'), AllRejected: colors.red('all rejected'), NoGroundTruth: colors.dim('no label yet'), BaselinePending: colors.yellow('baseline pending'), Failed: colors.red('failed') };
    // The reports of AWS' containers for bias and explainability do not tell how many there were.
    const records = captured === 0 && status.startsWith('Completed') ? '' : `${captured} records`;
    this.line(`${colors.bold(span)}  ${kind === '' ? '' : `${kind}  `}${records}${rejected > 0 ? colors.yellow(`, ${rejected} rejected`) : ''}  ${verdictOf[status]}${drifted ? colors.dim('  (drift planted)') : ''}`);
    for (const { constraint_check_type: check, explanation } of violations) this.line(`    ${check.padEnd(26)} ${explanation}`);
  }

  private alarm({ name, description, reason, topics }: AlarmOutcome): void {
    this.line(`  ${colors.red('ALARM')} ${name}`);
    for (const topic of topics) {
      const to = topic.subscribers.length > 0 ? topic.subscribers.join(', ') : `${topic.name} (nobody has subscribed)`;
      this.line(`    ${colors.dim('mail to')}  ${to}\n    ${colors.dim('subject')}  ALARM: "${name}"\n    ${colors.dim('text')}     ${description}\n             ${colors.dim(reason)}`);
    }
  }

  private pipeline({ pipeline, description, parameters }: PipelineStart): void {
    const passed = table(['parameter', 'value'], { wordWrap: true, wrapOnWordBoundary: false, colWidths: [24, 90] });
    for (const [name, value] of Object.entries(parameters)) passed.push([name, value]);
    this.line(`  ${colors.green('PIPELINE STARTED')} ${pipeline}\n    ${description}\n${passed.toString()}`);
  }

  private line(text: string): void {
    this.spinner.stop();
    this.out.write(`${text}\n`);
  }
}

function verdict({ pipelineStarts, alarms, days }: RehearsalOutcome): string {
  if (days !== undefined) return `loop closed: each of ${days.length} days raised its own alarms and no other`;
  if (alarms.length === 0) return 'loop closed: nothing drifted, no alarm, nothing to retrain';
  return `loop closed: ${alarms.length} alarm(s) led to ${pipelineStarts.length} retraining execution(s)`;
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
