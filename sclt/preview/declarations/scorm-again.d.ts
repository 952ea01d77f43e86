/** What the scripts of scorm-again put into the page, as far as run-times.js uses it. */
declare class ScormAgain {
  constructor(settings: { autocommit: boolean; logLevel: number });
  loadFromJSON(tree: object): void;
  renderCMIToJSONObject(): { cmi: Record<string, unknown> };
}
declare const Scorm12API: typeof ScormAgain;
declare const Scorm2004API: typeof ScormAgain;
