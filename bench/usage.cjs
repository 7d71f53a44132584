// Preloaded into a measured process: tells what it used, threads included, when it ends.
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const DESCRIPTOR = 3;
if (isMainThread) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeSync(DESCRIPTOR, JSON.stringify({ megabytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 }));
  });
}
