import { CdkCli, sampleConfig } from './cdk-cli';
import { EmulatorProcess } from './emulator-process';

test('the stock command line deploys the sample', async () => {
  const emulator = await EmulatorProcess.start();
  try {
    const cdk = new CdkCli(emulator);
    expect(await cdk.bootstrap()).toMatchObject({ code: 0 });
    expect(await cdk.deploy(sampleConfig())).toMatchObject({ code: 0 });
  } finally {
    emulator.stop();
  }
}, 300_000);
