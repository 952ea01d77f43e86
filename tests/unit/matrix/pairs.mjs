/** A pairwise choice: few combinations in which every two values that can meet do meet. */

const pairsOf = (values) => values.flatMap((one, n) => values.slice(n + 1).map((two, m) => `${n}=${one}&${n + 1 + m}=${two}`));

/**
 * @param {object[]} all possible combinations, in any order @param {function(object): string[]} valuesOf a value of each factor
 * @returns {object[]} some of them that have every pair of values which any of them has
 */
export function choose(all, valuesOf) {
  const numbers = new Map(),
    numberOf = (pair) => numbers.get(pair) ?? numbers.set(pair, numbers.size).get(pair),
    pairs = all.map((each) => pairsOf(valuesOf(each)).map(numberOf)),
    open = new Set(numbers.values()),
    chosen = [];
  const gain = (n) => pairs[n].reduce((sum, pair) => sum + open.has(pair), 0);
  let candidates = all.map((_, n) => n);
  while (open.size) {
    const gains = candidates.map(gain),
      best = candidates[gains.indexOf(Math.max(...gains))];
    for (const pair of pairs[best]) open.delete(pair);
    chosen.push(all[best]);
    candidates = candidates.filter((_, n) => gains[n] > 0 && candidates[n] !== best);
  }
  return chosen;
}
