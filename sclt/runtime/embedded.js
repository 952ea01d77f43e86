/**
 * The texts of pages, and media, where a course lies on a disk: the shell or the script beside it holds them.
 *
 * @typedef {{pages: Record<string, string>, media: Record<string, [type: string, base64: string]>}} Held
 */
import { origin } from './player.js';

/** What a script before this one holds, where the course lies on a disk. */
const { held } = /** @type {{held?: Held}} */ (/** @type {unknown} */ (globalThis));
/** @type {Record<string, string>} */
const addresses = {};

/** @returns {string} where a browser finds a medium; it is unpacked when it is first shown @param {string} name @param {[type: string, base64: string]} medium */
function addressOf(name, [type, base64]) {
  addresses[name] ??= URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], { type }));
  return addresses[name];
}

/** A download is called as its file, not as its address. @param {Held['media']} media @returns {(all: string, attribute: string, name: string) => string} */
const replacing = media => (all, attribute, name) => (name in media
  ? `${attribute}="${addressOf(name, media[name])}"${attribute === 'href' ? ` download="${name.split('/').at(-1)}"` : ''}` : all);

if (held) origin.read = href => Promise.resolve(held.pages[href].replace(/\b(src|href|poster)="(media\/[^"]+)"/g, replacing(held.media)));
