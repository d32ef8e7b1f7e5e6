// The Content-Security-Policy forbids style elements that scripts write; sheets that scripts make
// are allowed. CodeMirror knows them for shadow roots only.

import { StyleModule } from "style-mod";

const mounted = new Set<StyleModule>();

StyleModule.mount = (_root, modules) => {
  const added = (Array.isArray(modules) ? modules : [modules]).filter((one) => !mounted.has(one));
  if (added.length === 0) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(added.map((one) => one.getRules()).join("\n"));
  for (const one of added) mounted.add(one);
  // In front of what was mounted before: CodeMirror gives the most important modules first.
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
};
