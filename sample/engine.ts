import { App, UnscopedValidationError } from 'aws-cdk-lib';
import { parseArgs } from 'node:util';
import { MonitoringEngine } from '../lib';

type ValidationErrorName = ConstructorParameters<typeof UnscopedValidationError>[0];

const ENGINES: Readonly<Record<string, () => MonitoringEngine>> = {
  'processing-jobs': () => MonitoringEngine.processingJobs(),
  'model-monitor': () => MonitoringEngine.modelMonitor(),
};

/**
 * The engine that the context asks for: `-c engine=model-monitor`; our own jobs unless it does.
 *
 * @throws ValidationError when there is none of that name.
 */
export function engineOf(app: App): MonitoringEngine {
  const name = String(app.node.tryGetContext('engine') ?? 'processing-jobs');
  const engine = ENGINES[name];
  if (engine === undefined) {
    throw new UnscopedValidationError('UnknownEngine' as ValidationErrorName, `engine must be one of ${Object.keys(ENGINES).join(', ')}, got ${JSON.stringify(name)}`);
  }
  return engine();
}

/** Options of a sample's start: the engine is for the app, the others are for `model-monitor rehearse`. */
export function startOptions(args: string[]): { readonly context: Readonly<Record<string, string>>; readonly others: string[] } {
  const { values: { engine }, tokens } = parseArgs({ args, options: { engine: { type: 'string' } }, strict: false, tokens: true, allowPositionals: true });
  const isEngine = (index: number): boolean => tokens.some(token =>
    token.kind === 'option' && token.name === 'engine' && (token.index === index || (token.inlineValue === false && token.index + 1 === index)));
  return { context: typeof engine === 'string' ? { engine } : {}, others: args.filter((_, index) => !isEngine(index)) };
}
