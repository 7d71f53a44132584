import path from 'node:path';

/** Where SageMaker leaves and collects things. `root` is /opt/ml, unless several run side by side. */
export function containerPaths(root) {
  const at = (...parts) => path.join(root, ...parts);
  return {
    hyperparameters: at('input/config/hyperparameters.json'),
    trainingChannel: at('input/data/train'),
    model: at('model'),
    output: at('output'),
    /** Becomes a training job's FailureReason. */
    failure: at('output/failure'),
    /** Becomes a Processing job's ExitMessage. */
    message: at('output/message'),
    processingOutput: at('processing/output'),
    input: name => at('processing/input', name),
    result: name => at('processing/output', name),
  };
}
