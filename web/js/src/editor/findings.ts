// Findings: squiggles, their words, and their fixes.

import { type Diagnostic, lintGutter, lintKeymap, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorState, Extension, TransactionSpec } from "@codemirror/state";
import { keymap } from "@codemirror/view";

export interface Finding {
  id: string;
  from: number;
  to: number;
  severity: "error" | "warning" | "info";
  message: string;
  caret: string | null;
  help: string | null;
  fix: { title: string; changes: { from: number; to: number; insert: string }[] } | null;
}

export function findings(): Extension {
  return [lintGutter(), keymap.of(lintKeymap)];
}

function words(finding: Finding): HTMLElement {
  const element = document.createElement("div");
  element.className = "finding-words";
  const line = (name: string, text: string) => {
    const part = document.createElement("div");
    part.className = name;
    part.textContent = text;
    element.append(part);
  };
  line("finding-message", finding.message);
  if (finding.caret) line("finding-caret", finding.caret);
  if (finding.help) line("finding-help", finding.help);
  line("finding-id", finding.id);
  return element;
}

export function diagnosed(state: EditorState, found: Finding[]): TransactionSpec {
  const end = state.doc.length;
  return setDiagnostics(state, found.filter((finding) => finding.to <= end).map((finding): Diagnostic => ({
    from: finding.from,
    to: finding.to,
    severity: finding.severity,
    message: finding.message,
    renderMessage: () => words(finding),
    actions: finding.fix ? [{
      name: finding.fix.title,
      apply: (view) => view.dispatch({ changes: finding.fix?.changes ?? [], userEvent: "input.fix" }),
    }] : [],
  })));
}

export { nextDiagnostic as nextFinding };
