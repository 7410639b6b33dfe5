import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stop } from '../output/stop.ts';
import { refuseWhatIsNotPossible } from './not-possible.ts';

test('what the platform does not give is refused by the name of the first option', () => {
  for (const [names, text] of [
    [['www', 'ktls', 'tfo'], 's_server: -ktls is not possible: there is no kernel TLS\n'],
    [['zerocopy_sendfile'], 's_server: -zerocopy_sendfile is not possible: there is no kernel TLS\n'],
    [['tfo'], 's_server: -tfo is not possible: there is no TCP Fast Open\n'],
  ] as const)
    assert.throws(() => refuseWhatIsNotPossible(names), new Stop(text));
  assert.doesNotThrow(() => refuseWhatIsNotPossible(['www', 'sendfile']));
});
