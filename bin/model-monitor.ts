#!/usr/bin/env node
import { Command } from 'commander';
import { endWithOutput, refuseEmptyOptions } from './analysis/failure';
import { analyzeCommand } from './commands/analyze';
import { baselineCommand } from './commands/baseline';
import { executeNowCommand } from './commands/execute-now';
import { executionsCommand } from './commands/executions';
import { groundTruthCommand } from './commands/ground-truth';
import { rehearseCommand } from './commands/rehearse';
import { trafficCommand } from './commands/traffic';
import { violationsCommand } from './commands/violations';

const program = new Command('model-monitor')
  .description('Watch a SageMaker model: analyse its data and rehearse the whole loop on this machine, without an AWS account; ask a deployed stack.')
  .showHelpAfterError()
  .hook('preAction', (_, command) => { refuseEmptyOptions(command); })
  .addCommand(rehearseCommand())
  .addCommand(baselineCommand())
  .addCommand(analyzeCommand())
  .addCommand(violationsCommand())
  .addCommand(executeNowCommand())
  .addCommand(executionsCommand())
  .addCommand(groundTruthCommand())
  .addCommand(trafficCommand());

// An error is one line; which Node.js the SDK will want next year is none.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
endWithOutput(process.stdout);
void program.parseAsync();
