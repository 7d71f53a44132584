#!/usr/bin/env node
import { Command } from 'commander';
import { analyzeCommand } from './commands/analyze';
import { baselineCommand } from './commands/baseline';
import { rehearseCommand } from './commands/rehearse';
import { violationsCommand } from './commands/violations';

const program = new Command('model-monitor')
  .description('Watch a SageMaker model: analyse its data and rehearse the whole loop on this machine, without an AWS account.')
  .showHelpAfterError()
  .addCommand(rehearseCommand())
  .addCommand(baselineCommand())
  .addCommand(analyzeCommand())
  .addCommand(violationsCommand());

void program.parseAsync();
