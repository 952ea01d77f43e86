/**
 * A part of a page as a Word document with what the learner wrote in it: WordprocessingML (ECMA-376, part 1, transitional) in a zip that stores its files as
 * they are (APPNOTE.TXT, 4.4.5). Made in the browser, so that nothing of it leaves the learner's computer.
 *
 * @import { Field, Part } from './view.js'
 */
import { lang } from './view.js';

const OFFICE = 'http://schemas.openxmlformats.org/';
const KIND = 'application/vnd.openxmlformats-';
const WORD = `${KIND}officedocument.wordprocessingml.`;
const DOCX_PARTS = ['document', 'styles', 'numbering'];

/** An element of the document's language. @param {string} name @param {string} [inside] @param {Record<string, string | number>} [facts] */
const el = (name, inside = '', facts = {}) => `<w:${name}${Object.entries(facts).map(([key, value]) => ` w:${key}="${value}"`).join('')}>${inside}</w:${name}>`;
/** One that only has a value. @param {string} name @param {string | number} val */
const fact = (name, val) => el(name, '', { val });

/** How runs look, in the order that the schema wants (17.3.2.28). */
const DOCX_LOOKS = [['code, pre', el('rFonts', '', { ascii: 'Consolas', hAnsi: 'Consolas' })], ['strong, th, .box-title', el('b')], ['em', el('i')], ['s', el('strike')],
  ['.field', fact('color', '0A5767')], ['sup', fact('vertAlign', 'superscript')], ['sub', fact('vertAlign', 'subscript')]];
/** Styles of paragraphs by the element that they stand in: their names, and their sizes in half points. */
const DOCX_STYLES = /** @type {[string, string, number][]} */ ([['H2', 'heading 1', 32], ['H3', 'heading 2', 28], ['H4', 'heading 3', 24], ['H5', 'heading 4', 22], ['CAPTION', 'caption', 22]]);
const LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A text as it may stand in XML 1.0 (2.2), whatever it holds. @param {string} text */
const inXml = text => text.replace(/[^\t\n -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);

/** A text in its look. @param {string} text @param {Element} element what it stands in */
const docxRun = (text, element) => el('r', el('rPr', DOCX_LOOKS.map(([where, look]) => (element.closest(where) ? look : '')).join('') + (LEFTWARD.test(text) ? el('rtl') : ''))
  + text.split('\n').map(line => `<w:t xml:space="preserve">${inXml(line)}</w:t>`).join(el('br')));

/** The document that is written: what says that it reads from right to left, its lists' kinds, and the mark of the item that begins. */
const docx = { bidi: '', lists: /** @type {string[]} */ ([]), mark: '' };

/** @param {Element} element @returns {number} how many lists are around it */
const depthOf = element => Number(element.matches('ul, ol')) + (element.parentElement ? depthOf(element.parentElement) : 0);

/** @param {Element} element @param {string} runs */
function docxParagraph(element, runs) {
  const style = element.closest('h2, h3, h4, h5, caption, figcaption')?.tagName.replace('FIG', ''),
    place = docx.mark + docx.bidi + (docx.mark ? '' : el('ind', '', { left: 500 * depthOf(element) }));
  docx.mark = '';
  return el('p', el('pPr', (style ? fact('pStyle', style) : '') + place) + runs);
}

/** @param {HTMLTableElement} table */
const docxTable = ({ caption, rows }) => (caption ? docxBlocks(caption) : '')
  + el('tbl', el('tblPr', fact('tblStyle', 'Grid') + (docx.bidi && el('bidiVisual')) + el('tblW', '', { w: 5000, type: 'pct' })) + el('tblGrid', el('gridCol').repeat(rows[0].cells.length))
  + [...rows].map(row => el('tr', el('trPr', row.closest('thead') ? el('tblHeader') : '') + [...row.cells].map(cell => el('tc', docxBlocks(cell) || el('p'))).join(''))).join('')) + el('p');

/** What stands in a line; nothing where an element begins lines of its own. @param {Node} node @returns {string | undefined} */
function docxInline(node) {
  const element = /** @type {Part} */ (node),
    parent = /** @type {Element} */ (node.parentElement),
    text = node.textContent ?? '';
  if (node.nodeType === Node.TEXT_NODE) return docxRun(parent.closest('pre') ? text : text.replace(/\s+/g, ' '), parent);
  if (!element.matches?.(':not(.actions, .result, button, [hidden], svg, .enlarge-sign)')) return '';
  if (element.matches('.field')) return docxField(/** @type {HTMLTextAreaElement} */ (node));
  if (element.matches('br')) return el('r', el('br'));
  if (element.matches('img, math')) return docxRun(element.getAttribute('alt') ?? text, parent);
  if (element.matches('p, ul, ol, table, pre, figcaption') || !getComputedStyle(element).display.startsWith('inline')) return undefined;
  const inside = [...element.childNodes].map(docxInline).join('');
  return element.matches('[href^=http]') ? el('fldSimple', inside, { instr: inXml(`HYPERLINK "${element.getAttribute('href')}"`) }) : inside;
}

/** What was written, or room to write. @param {HTMLTextAreaElement} field */
const docxField = field => docxRun(field.value || (field.closest('td') ? '' : Array(field.rows).fill('_'.repeat(24)).join('\n')), field);

/** @param {Element} list */
function docxList(list) {
  const numId = docx.lists.push(list.matches('ol') ? 'decimal' : 'bullet');
  return [...list.children].map(item => {
    docx.mark = el('numPr', fact('ilvl', depthOf(item) - 1) + fact('numId', numId));
    return docxBlocks(item);
  }).join('');
}

/** @param {Element} element @returns {string} */
const docxBlock = element => (element.matches('table') ? docxTable(/** @type {HTMLTableElement} */ (element)) : element.matches('ul, ol') ? docxList(element) : docxBlocks(element));

/** The paragraphs and tables in an element. @param {Element} element */
function docxBlocks(element) {
  let blocks = '',
    line = '';
  const end = () => {
    if (/>[^<\s]|<w:br/.test(line)) blocks += docxParagraph(element, line);
    line = '';
  };
  for (const node of element.childNodes) {
    const inline = docxInline(node);
    if (inline == null) {
      end();
      blocks += docxBlock(/** @type {Part} */ (node));
    } else line += line ? inline : inline.replace(/("preserve">)\s+/, '$1');
  }
  end();
  return blocks;
}

/** @param {string} type @param {string} styleId @param {string | number} name @param {string} inside */
const docxStyle = (type, styleId, name, inside) => el('style', fact('name', name) + inside, { type, styleId, default: Number(!inside) });
const docxStyles = () => el('docDefaults', el('rPrDefault', el('rPr', fact('sz', 22) + el('lang', '', { val: lang, bidi: lang }))) + el('pPrDefault', el('pPr', el('spacing', '', { after: 120 }))))
  + docxStyle('paragraph', 'Normal', 'Normal', '') + DOCX_STYLES.map(([id, name, size]) => docxStyle('paragraph', id, name, el('pPr', el('keepNext') + el('spacing', '', { before: 240 })) + el('rPr', el('b') + fact('sz', size)))).join('')
  + docxStyle('table', 'Grid', 'Table Grid', el('tblPr', el('tblBorders', ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge => el(edge, '', { val: 'single', sz: 4 })).join(''))));

/** Each list with nine levels, each further in. */
const docxLists = () => docx.lists.map((kind, n) => el('abstractNum', [...Array(9).keys()].map(ilvl => el('lvl', fact('start', 1) + fact('numFmt', kind)
  + fact('lvlText', kind === 'bullet' ? '•' : `%${ilvl + 1}.`) + el('pPr', el('ind', '', { left: 500 * ilvl + 500, hanging: 360 })), { ilvl })).join(''), { abstractNumId: n })).join('')
  + docx.lists.map((_, n) => el('num', fact('abstractNumId', n), { numId: n + 1 })).join('');

/** @param {string} folder @param {string[]} parts */
const docxRelations = (folder, parts) => `<Relationships xmlns="${OFFICE}package/2006/relationships">${parts.map(name =>
  `<Relationship Id="${name}" Type="${OFFICE}officeDocument/2006/relationships/${name === 'document' ? 'officeDocument' : name}" Target="${folder}${name}.xml"/>`).join('')}</Relationships>`;

/** @returns {Record<string, string>} the files of the document @param {Part} part */
function docxFiles(part) {
  const page = el('pgSz', '', { w: 11906, h: 16838 }) + el('pgMar', '', { top: 1134, right: 1134, bottom: 1134, left: 1134, header: 567, footer: 567, gutter: 0 });
  Object.assign(docx, { bidi: getComputedStyle(part).direction === 'rtl' ? el('bidi') : '', lists: [], mark: '' });
  const texts = [el('body', docxBlocks(part) + el('sectPr', page + docx.bidi)), docxStyles(), docxLists()];
  return {
    '[Content_Types].xml': `<Types xmlns="${OFFICE}package/2006/content-types"><Default Extension="rels" ContentType="${KIND}package.relationships+xml"/>${DOCX_PARTS.map(name =>
      `<Override PartName="/word/${name}.xml" ContentType="${WORD}${name === 'document' ? 'document.main' : name}+xml"/>`).join('')}</Types>`,
    '_rels/.rels': docxRelations('word/', DOCX_PARTS.slice(0, 1)),
    'word/_rels/document.xml.rels': docxRelations('', DOCX_PARTS.slice(1)),
    ...Object.fromEntries(DOCX_PARTS.map((name, n) => [`word/${name}.xml`, `<w:${name} xmlns:w="${OFFICE}wordprocessingml/2006/main">${texts[n]}</w:${name}>`])),
  };
}

/** The checksum of a zip (APPNOTE.TXT, 4.4.7). @param {Uint8Array} bytes */
function crc(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let n = 0; n < 8; n++) sum = sum >>> 1 ^ (sum & 1 && 0xedb88320);
  }
  return ~sum;
}

/** Numbers of two bytes each, the lower one first. @param {...number} numbers */
const words16 = (...numbers) => new Uint8Array(new Uint16Array(numbers).buffer);
/** A number of four bytes as two of two. @param {number} each */
const halves = each => [each, each >>> 16];

/** Files in a zip (APPNOTE.TXT, 4.3), dated as those of packages are. @param {Record<string, string>} files @param {string} type */
function zipped(files, type) {
  const encode = (/** @type {string} */ text) => new TextEncoder().encode(text),
    parts = [],
    list = [];
  let size = 0,
    listed = 0;
  for (const name in files) {
    const bytes = encode(files[name]),
      facts = [20, 0, 0, 0, 33, ...halves(crc(bytes)), ...halves(bytes.length), ...halves(bytes.length), name.length, 0];
    list.push(words16(0x4b50, 0x201, 20, ...facts, 0, 0, 0, 0, 0, ...halves(size)), name);
    parts.push(words16(0x4b50, 0x403, ...facts), name, bytes);
    listed += 46 + name.length;
    size += 30 + name.length + bytes.length;
  }
  const count = list.length / 2;
  return new Blob([...parts, ...list, words16(0x4b50, 0x605, 0, 0, count, count, ...halves(listed), ...halves(size), 0)], { type });
}

/** A part of a page as a Word document. @param {Part} part */
export const asDocx = part => zipped(docxFiles(part), `${WORD}document`);
