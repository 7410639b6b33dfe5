export function median(values) {
  return quantile(values, 0.5);
}

/** middleHalf is the range from the first to the third quartile. */
export function middleHalf(values) {
  return [quantile(values, 0.25), quantile(values, 0.75)];
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * pairedRounds measures both sides in turn, so that other load on the machine affects both alike; the side that begins
 * alternates. The first round warms up and does not count. Returns one pair a round.
 */
export async function pairedRounds(count, ours, theirs) {
  const pairs = [];
  for (let round = 0; round <= count; round++) {
    const pair = {};
    const sides = [
      ['ours', ours],
      ['theirs', theirs],
    ];
    if (round % 2 === 1) sides.reverse();
    for (const [side, measure] of sides) pair[side] = await measure();
    if (round > 0) pairs.push(pair);
  }
  return pairs;
}
