// The inside of a handler's process: loads the bundle that ships and answers invocations, many at a time.
const [bundle] = process.argv.slice(2);
const handlers = require(bundle);

process.on('message', async ({ id, entry, event, remaining }) => {
  const end = Date.now() + remaining;
  const context = { awsRequestId: String(id), functionName: 'test', getRemainingTimeInMillis: () => end - Date.now() };
  const answer = await handlers[entry](event, context).then(
    result => ({ id, result }),
    error => ({ id, error: { name: error.name, message: error.message } }),
  );
  // What was logged is on its way before the answer is.
  process.stdout.write('', () => process.stderr.write('', () => process.send(answer)));
});
