/**
 * Starts a course that lies on a disk, from what the script before this one holds. No module: a browser takes none from a disk. Where it does,
 * the course runs already, and nothing is left to do.
 */
addEventListener('DOMContentLoaded', async () => {
  if (!document.querySelector('.fallback')) return;
  const { modules, start } = /** @type {{held: import('./embedded.js').Held}} */ (/** @type {unknown} */ (globalThis)).held,
    map = document.createElement('script');
  map.type = 'importmap';
  map.textContent = JSON.stringify({ imports: modules });
  document.head.append(map);
  for (const name of start) await import(name);
});
