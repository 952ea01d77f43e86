/**
 * The texts of pages, and media, where a course lies on a disk: the shell or the script beside it holds them.
 *
 * @typedef {{modules: Record<string, string>, start: string[], pages: Record<string, string>, media: Record<string, [type: string, base64: string]>}} Held
 */
import { origin } from './player.js';

const { pages, media } = /** @type {{held: Held}} */ (/** @type {unknown} */ (globalThis)).held;
/** @type {Record<string, string>} */
const addresses = {};

/** @param {string} name @returns {string} where a browser finds a medium; it is unpacked when it is first shown */
function addressOf(name) {
  const [type, base64] = media[name];
  addresses[name] ??= URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], { type }));
  return addresses[name];
}

/** A download is called as its file, not as its address. @param {string} all @param {string} attribute @param {string} name */
const replaced = (all, attribute, name) => (name in media
  ? `${attribute}="${addressOf(name)}"${attribute === 'href' ? ` download="${name.split('/').at(-1)}"` : ''}` : all);

origin.read = href => Promise.resolve(pages[href].replace(/\b(src|href|poster)="(media\/[^"]+)"/g, replaced));
