import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enabledVersions } from '../../handshake/hello/version-choice.ts';
import { Version } from '../../names/versions.ts';
import { RecordedOutput } from '../output/recorded-output.test.fixture.ts';
import { prepare } from '../prepare.ts';

const both = [Version['TLSv1.2'], Version['TLSv1.1']];

test('the flags and the bounds decide about the versions of DTLS, and those of TLS about nothing', async () => {
  assert.deepEqual(await versions('-dtls'), both);
  assert.deepEqual(await versions('-dtls1'), [Version['TLSv1.1']]);
  assert.deepEqual(await versions('-dtls1_2 -min_protocol DTLSv1'), [Version['TLSv1.2']]);
  assert.deepEqual(await versions('-dtls -min_protocol DTLSv1.2'), [Version['TLSv1.2']]);
  assert.deepEqual(await versions('-dtls -max_protocol DTLSv1'), [Version['TLSv1.1']]);
  assert.deepEqual(await versions('-dtls -min_protocol DTLSv1.2 -min_protocol None'), both);
  assert.deepEqual(await versions('-dtls -min_protocol TLSv1.3 -max_protocol TLSv1'), both);
  assert.deepEqual(await versions('-min_protocol DTLSv1.2 -max_protocol TLSv1.2 -cipher ALL:@SECLEVEL=0'), [
    Version['TLSv1.2'],
    Version['TLSv1.1'],
    Version.TLSv1,
  ]);
});

test('the profiles of SRTP keep their order; unknown ones and repetitions are refused', async () => {
  const given = await settings('-dtls -use_srtp SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_80');
  assert.deepEqual(given.srtpProfiles, [8, 1]);
  assert.match(await refusal('-use_srtp SRTP_X'), /^Error setting SRTP profile\n.*:srtp unknown protection profile:/m);
  assert.match(
    await refusal('-use_srtp SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_256_GCM'),
    /^Error setting SRTP profile\n.*:bad srtp protection profile list:/m,
  );
});

async function versions(line: string): Promise<readonly number[]> {
  return enabledVersions(await settings(line));
}

async function settings(line: string) {
  const prepared = await prepare(['-nocert', ...line.split(' ')], new RecordedOutput());
  if (typeof prepared === 'number') throw new Error('refused');
  return prepared.settings;
}

async function refusal(line: string): Promise<string> {
  const output = new RecordedOutput();
  assert.equal(await prepare(['-nocert', ...line.split(' ')], output), 1);
  return output.stderr;
}
