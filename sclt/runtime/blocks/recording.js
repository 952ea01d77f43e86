/**
 * A film or a sound: its chapters, how much of it was seen, and where the learner was. A film that has an identifier is told to an LRS.
 *
 * @import { Course } from '../declarations/course.js'
 * @import { Session } from '../store.js'
 * @import { Part } from '../view.js'
 */
import { answerOf } from '../state.js';
import { all, find, focus, percent } from '../view.js';
import { markSeen, seenShare } from '../watched.js';
import { openTeller } from './videoprofile.js';

/** So often, in seconds of a film, it is kept how far it was seen. */
const OFTEN = 30;
/** A leap in the film that nobody made by hand, in seconds. */
const BLINK = 1;

/** @param {Part} figure @param {Session} session @param {Course} course */
export function mountRecording(figure, session, course) {
  const player = /** @type {HTMLMediaElement} */ (find(figure, 'video, audio'));
  mountChapters(figure, player);
  mountDescribed(figure, player);
  mountStops(figure, player, session);
  if (figure.dataset.film) followPlayer(figure, player, session, course);
}

/** @param {Part} figure @param {HTMLMediaElement} player */
function mountChapters(figure, player) {
  const links = all(figure, '[data-at]');
  for (const link of links) {
    link.onclick = event => {
      event.preventDefault();
      player.currentTime = Number(link.dataset.at);
      player.play().catch(() => {});
    };
  }
  player.addEventListener('timeupdate', () => {
    const now = links.findLast(link => Number(link.dataset.at) <= player.currentTime);
    for (const link of links) link.toggleAttribute('aria-current', link === now);
  });
}

/** The same film with audio description, in the place of the other and back. @param {Part} figure @param {HTMLMediaElement} player */
function mountDescribed(figure, player) {
  const link = /** @type {Part & HTMLAnchorElement | null} */ (find(figure, '[data-described]'));
  if (!link) return;
  const sources = [player.src, link.href];
  link.setAttribute('role', 'button');
  link.setAttribute('aria-pressed', 'false');
  link.onkeydown = event => {
    if (event.key === ' ') {
      event.preventDefault();
      link.click();
    }
  };
  link.onclick = event => {
    event.preventDefault();
    const { currentTime, paused } = player,
      described = link.getAttribute('aria-pressed') !== 'true';
    link.setAttribute('aria-pressed', String(described));
    player.src = sources[Number(described)];
    player.currentTime = currentTime;
    if (!paused) player.play().catch(() => {});
  };
}

/** Lead to a question, at whose moment the player stops. @param {HTMLMediaElement} player @param {Part} form */
function stopAt(player, form) {
  player.pause();
  if (document.fullscreenElement) document.exitFullscreen();
  find(form, '[data-onward]').hidden = false;
  form.scrollIntoView({ block: 'nearest' });
  focus(find(form, '.prompt'));
}

/**
 * Stop at the moments of the page's questions that nobody has answered yet; who plays on, or leaps over a moment, is not held.
 * @param {Part} figure @param {HTMLMediaElement} player @param {Session} session
 */
function mountStops(figure, player, { state }) {
  const forms = all(/** @type {Part} */ (figure.closest('main')), `[data-stops="${figure.dataset.film}"]`);
  let last = -1;
  for (const form of forms) {
    find(form, '[data-onward]').onclick = event => {
      event.preventDefault();
      event.stopPropagation();
      figure.scrollIntoView({ block: 'nearest' });
      player.focus({ preventScroll: true });
      player.play().catch(() => {});
    };
  }
  player.addEventListener('seeking', () => { last = player.currentTime - 0.001; });
  player.addEventListener('timeupdate', () => {
    const now = player.currentTime,
      form = forms.find(({ hidden, dataset: { at, question } }) => !hidden && last < Number(at) && Number(at) <= now && !answerOf(state, question).tries);
    last = now;
    if (form && !player.paused) stopAt(player, form);
  });
}

/**
 * Keep how much was seen, and tell an LRS.
 * @param {Part} figure @param {HTMLMediaElement} player @param {Session} session @param {Course} course
 */
function followPlayer(figure, player, session, course) {
  const id = figure.dataset.film,
    teller = player.matches('video') ? openTeller(id, player, session, course) : null,
    kept = session.state.sheets.get(id);
  let seen = kept?.seen ?? '',
    last = 0,
    keptAt = 0,
    waits = false,
    /** @type {number | null} */
    from = null;

  const show = () => {
    player.dataset.watched = String(seenShare(seen));
    find(figure, '.watched').textContent = seen ? figure.dataset.watched.replace('{percent}', percent(seenShare(seen))) : '';
  };
  const keep = () => {
    keptAt = last;
    session.write(id, { seen, at: String(Math.floor(player.ended ? 0 : last)) });
  };
  /** What was played since the last time belongs to what was seen. */
  const advance = () => {
    const now = player.currentTime;
    if (now > last && now - last < BLINK * Math.max(1, player.playbackRate) * 2) {
      seen = markSeen(seen, last, now, player.duration);
      player.dataset.watched = String(seenShare(seen));
      teller?.played(last, now);
    }
    last = now;
  };
  const stop = () => {
    if (from != null) return;
    advance();
    keep();
    session.save();
    show();
    teller?.paused(last, seenShare(seen));
  };

  player.onloadedmetadata = () => {
    if (kept?.at && !player.currentTime) player.currentTime = last = Number(kept.at);
  };
  /** A film that begins elsewhere is first there. */
  const begin = () => {
    waits = player.seeking;
    if (waits) return;
    last = player.currentTime;
    teller?.began(last);
  };

  player.onplay = begin;
  player.ontimeupdate = () => {
    if (player.seeking || player.paused) return;
    advance();
    if (Math.abs(last - keptAt) >= OFTEN) keep();
  };
  player.onseeking = () => { from ??= last; };
  player.onseeked = () => {
    const to = player.currentTime;
    if (from != null && Math.abs(to - from) > BLINK) teller?.leapt(from, to);
    last = to;
    from = null;
    if (waits) begin();
    waits = false;
  };
  player.onpause = stop;
  window.addEventListener('pagehide', () => {
    if (figure.isConnected && !player.paused) stop();
  }, { capture: true });
  show();
}
