/**
 * How much of a film was seen: its hundredths, six to a letter, as the saved state keeps them. Pure: no browser, no LMS.
 */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HUNDREDTHS = 100;
const EACH = 6;

/** @param {string} seen @returns {boolean[]} of each hundredth whether it was seen */
const read = seen => Array.from({ length: HUNDREDTHS }, (_, n) => Boolean((LETTERS.indexOf(seen[Math.floor(n / EACH)] ?? 'A') >> n % EACH) & 1));

/** @param {boolean[]} parts */
const written = parts => Array.from({ length: Math.ceil(HUNDREDTHS / EACH) }, (_, letter) =>
  LETTERS[parts.slice(letter * EACH, (letter + 1) * EACH).reduce((sum, part, n) => sum + (Number(part) << n), 0)]).join('');

/**
 * @returns {string} what was seen, with what lies between two moments; a hundredth counts when its middle was played
 * @param {string} seen @param {number} from @param {number} to @param {number} length all in seconds
 */
export function markSeen(seen, from, to, length) {
  if (!(length > 0)) return seen;
  return written(read(seen).map((was, n) => {
    const middle = (n + 0.5) * length / HUNDREDTHS;
    return was || (from <= middle && middle <= to);
  }));
}

/** @returns {number} the share of 1 that was seen @param {string | undefined} seen */
export const seenShare = seen => read(seen ?? '').filter(Boolean).length / HUNDREDTHS;
