// The inside of a handler's process: loads the bundle that ships and answers invocations, many at a time.
const [bundle] = process.argv.slice(2);
const handlers = require(bundle);

process.on('message', async ({ id, entry, event, remaining }) => {
  const end = Date.now() + remaining;
  const context = { awsRequestId: String(id), functionName: 'test', getRemainingTimeInMillis: () => end - Date.now() };
  try {
    process.send({ id, result: await handlers[entry](event, context) });
  } catch (error) {
    process.send({ id, error: { name: error.name, message: error.message } });
  }
});
