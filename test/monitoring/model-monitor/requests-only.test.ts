import * as fs from 'node:fs';
import * as path from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { CaptureIndexName, Monitor } from '../../../lib';
import { BASELINE } from '../fixture';
import { DEFINITIONS, definitionOf, ModelMonitorFixture, property } from './fixture';

test('data quality reads requests alone, by a script that the job may read; where answers are asked for too, there is none', () => {
  const requests = new ModelMonitorFixture();
  requests.managed(['data-quality'], { monitors: [Monitor.dataQuality({ baseline: BASELINE })] });
  const { properties } = definitionOf(requests.template(), 'data-quality');
  const file = /[0-9a-f]{64}\.py/.exec(JSON.stringify(property(properties, 'AppSpecification').RecordPreprocessorSourceUri))![0];
  const script = fs.readFileSync(path.join(requests.app.synth().directory, `asset.${file}`), 'utf8');
  expect(script).toBe(fs.readFileSync(path.join(__dirname, '../../../assets/model-monitor/requests_only.py'), 'utf8'));
  const policies = Object.entries(requests.template().findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('ScheduleJobRole'));
  expect(JSON.stringify(policies)).toContain(file);
  const both = new ModelMonitorFixture();
  const captureIndexNames = [CaptureIndexName.ENDPOINT_INPUT, CaptureIndexName.ENDPOINT_OUTPUT];
  both.managed(['data-quality'], { monitors: [Monitor.dataQuality({ baseline: BASELINE, captureIndexNames })] });
  both.template().hasResourceProperties(DEFINITIONS['data-quality'], { DataQualityAppSpecification: { RecordPreprocessorSourceUri: Match.absent() } });
});
