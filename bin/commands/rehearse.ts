import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { Command } from 'commander';
import { rehearse } from '../../rehearsal/player/rehearsal';
import { RehearsalOptions } from '../../rehearsal/player/rehearsal-options';
import { CAPTURED } from '../../rehearsal/player/traffic-choice';
import { OptionError, parseCategory, parseNull, parseShift, parseText, PlantedDrift } from '../../rehearsal/traffic/planted-drift';
import { readScenario } from '../../rehearsal/traffic/scenario';
import { Narrator } from '../../rehearsal/report/narrator';
import { outcomeJson } from '../../rehearsal/report/outcome-json';
import { ProvidedDataset } from '../../rehearsal/player/datasets';
import { exitOnSignals } from '../../rehearsal/runtime/signals';
import { datasets, drifts, wholeNumber, wholeNumbers } from './option-values';

interface Options {
  readonly hours: number;
  readonly calmHours: number;
  readonly records: number;
  readonly seed: number;
  readonly shift: PlantedDrift[];
  readonly null: PlantedDrift[];
  readonly category: PlantedDrift[];
  readonly text: PlantedDrift[];
  readonly quietHour: number[];
  readonly silentFrom?: number;
  readonly captureStoppedFrom?: number;
  readonly dataset: ProvidedDataset[];
  readonly traffic?: string;
  readonly header: boolean;
  readonly scenario?: string;
  readonly invocations?: string;
  readonly output: string;
  readonly json?: true;
}

/** `model-monitor rehearse`: plays a synthesized assembly. */
export function rehearseCommand(): Command {
  return new Command('rehearse')
    .description('Play a synthesized cloud assembly on this machine: traffic, analysis, alarms, retraining. Ends with exit code 1 when the loop is broken.')
    .argument('[assembly]', 'folder that cdk synth wrote', 'cdk.out')
    .option('--hours <n>', 'hours of traffic', wholeNumber(1, 720), 5)
    .option('--calm-hours <n>', 'hours before the drift sets in', wholeNumber(0), 3)
    .option('--records <n>', 'requests an hour', wholeNumber(1), 1200)
    .option('--seed <n>', 'seed of everything that is random', wholeNumber(0), 1)
    .option('--shift <feature=change>', 'move a feature: income=+10%, income=82000 (mean) or income=82000:10000 (mean and standard deviation)', drifts(parseShift), [])
    .option('--null <feature=share>', 'lose values: email=15%', drifts(parseNull), [])
    .option('--category <feature=value:share>', 'a new category: payment_type=crypto:3%', drifts(parseCategory), [])
    .option('--text <feature=value:share>', 'text among numbers: age=n/a:2%', drifts(parseText), [])
    .option('--quiet-hour <n>', 'an hour without traffic, counted from 1', wholeNumbers(1), [])
    .option('--silent-from <n>', 'hour from which on no schedule fires, counted from 1: the dead man\'s switch has to tell', wholeNumber(1))
    .option('--capture-stopped-from <n>', 'hour from which on nothing is captured of what is asked, counted from 1: an alarm has to tell', wholeNumber(1))
    .option('--dataset <file[@hour]>', 'the dataset of a baseline that lies in a bucket of the app: there before the deployment, or arriving in an hour, counted from 1', datasets, [])
    .option('--traffic <file>', 'traffic to play: captured JSON lines (.jsonl), or CSV')
    .option('--header', 'the CSV\'s first line names its columns', false)
    .option('--scenario <file>', 'days of traffic, what is planted in each and which alarms it has to raise (JSON), instead of hours in a row')
    .option('--invocations <url>', 'a model that serves on this machine: http://127.0.0.1:8080/invocations; it answers the traffic of a scenario, and jobs that ask it')
    .option('--output <folder>', 'where the reports go', 'rehearsal.out')
    .option('--json', 'what came of it as JSON, for machines')
    .action(async (assembly: string, options: Options, command: Command) => {
      const problem = unusable(assembly, options);
      if (problem !== undefined) command.error(`error: ${problem}`);
      exitOnSignals();
      const narrator = options.json === true ? undefined : new Narrator(process.stdout);
      try {
        const outcome = await rehearse(rehearsalOptions(assembly, options, narrator));
        if (narrator === undefined) process.stdout.write(`${JSON.stringify(outcomeJson(outcome))}\n`);
        else narrator.conclude(outcome);
        process.exitCode = outcome.broken === undefined ? 0 : 1;
      } catch (error) {
        if (!(error instanceof OptionError)) throw error;
        narrator?.stop();
        command.error(`error: ${error.message}`);
      }
    });
}

/** What of the options cannot be played together, in words. */
function unusable(
  assembly: string, { traffic, header, hours, calmHours, quietHour, scenario, invocations, dataset, ...options }: Options,
): string | undefined {
  if (!existsSync(path.join(assembly, 'manifest.json'))) return `${assembly} is no cloud assembly (it has no manifest.json): run npx cdk synth first`;
  if (invocations !== undefined && !/^https?:\/\/./.test(invocations)) {
    return `--invocations ${invocations} is no URL: give one such as http://127.0.0.1:8080/invocations`;
  }
  const [stop, ...otherStops] = stops(options);
  if (scenario !== undefined && (traffic !== undefined || quietHour.length > 0 || stop !== undefined || planted(options).length > 0)) {
    return '--scenario says itself what is asked when, and what is planted: leave --traffic, --quiet-hour, --silent-from, --capture-stopped-from and the '
      + 'drift options out';
  }
  const absent = dataset.find(({ file }) => !existsSync(file));
  if (absent !== undefined) return `${absent.file} does not exist`;
  if (traffic !== undefined && !existsSync(traffic)) return `${traffic} does not exist`;
  if (traffic !== undefined && !statSync(traffic).isFile()) return `${traffic} is no file`;
  if (header && (traffic === undefined || CAPTURED.test(traffic))) return '--header goes with --traffic and a CSV file';
  const late = quietHour.find(hour => hour > hours);
  if (late !== undefined) return `--quiet-hour ${late} comes after the last hour: give ${hours} or less, or more --hours`;
  if (stop !== undefined && otherStops.length > 0) return `${stop.option} and ${otherStops.map(({ option }) => option).join()} would hide one another: give one of them`;
  if (stop !== undefined && stop.from > hours) return `${stop.option} ${stop.from} comes after the last hour: give ${hours} or less, or more --hours`;
  if (stop !== undefined && planted(options).length > 0) return `${stop.option} leaves nothing to find what is planted: leave the drift options out`;
  if (planted(options).length > 0 && hours <= calmHours) {
    return `the drift sets in after ${calmHours} calm hours and only ${hours} are played: give --hours ${calmHours + 1} or more, or fewer --calm-hours`;
  }
  return undefined;
}

/** What ceases, and from which hour on. */
function stops({ silentFrom, captureStoppedFrom }: Pick<Options, 'silentFrom' | 'captureStoppedFrom'>): { readonly option: string; readonly from: number }[] {
  return [{ option: '--silent-from', from: silentFrom }, { option: '--capture-stopped-from', from: captureStoppedFrom }]
    .flatMap(({ option, from }) => from === undefined ? [] : [{ option, from }]);
}

function planted({ shift, null: nulls, category, text }: Pick<Options, 'shift' | 'null' | 'category' | 'text'>): PlantedDrift[] {
  return [...shift, ...nulls, ...category, ...text];
}

function rehearsalOptions(assembly: string, options: Options, narrator: Narrator | undefined): RehearsalOptions {
  const { hours, calmHours, records: recordsPerHour, seed, output, traffic, header, scenario, invocations, dataset } = options;
  return {
    assembly, hours, recordsPerHour, seed, output,
    plan: { calmHours, planted: planted(options) },
    quietHours: options.quietHour.map(hour => hour - 1),
    datasets: dataset,
    ...(options.silentFrom !== undefined && { silentFrom: options.silentFrom - 1 }),
    ...(options.captureStoppedFrom !== undefined && { captureStoppedFrom: options.captureStoppedFrom - 1 }),
    ...(scenario !== undefined && { scenario: readScenario(scenario) }),
    ...(invocations !== undefined && { invocations }),
    ...(traffic !== undefined && { file: { path: traffic, header } }),
    observe: (event) => { narrator?.tell(event); },
  };
}
