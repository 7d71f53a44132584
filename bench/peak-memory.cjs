// Preloaded into a measured process: tells its peak memory, threads included, when it ends.
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const DESCRIPTOR = 3;
if (isMainThread) process.on('exit', () => writeSync(DESCRIPTOR, String(process.resourceUsage().maxRSS)));
