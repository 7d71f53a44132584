#!/usr/bin/env node
import { Command } from 'commander';
import { rehearseCommand } from './commands/rehearse';

const program = new Command('model-monitor')
  .description('Watch a SageMaker model, and rehearse the whole loop on this machine, without an AWS account.')
  .showHelpAfterError()
  .addCommand(rehearseCommand());

void program.parseAsync();
