import type { Channel, Departures } from '../src/connection/channel.ts';

/** distorted returns the same channel with other departures. */
export function distorted(channel: Channel, wrap: (departures: Departures) => Departures): Channel {
  const departures = wrap(channel.departures);
  return new Proxy(channel, {
    get(target, name) {
      if (name === 'departures') return departures;
      const member = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
