// The text view: CodeMirror, told by Rust what the text means.
//
// Nothing here knows the language. Rust gives tokens, findings, names, outcomes, completions and
// hovers as places in UTF-16 units; this file shows them.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, foldService } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorSelection, EditorState, Transaction } from "@codemirror/state";
import {
  drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter,
  highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { completion, type Completions } from "./editor/completion";
import { findings, setFindings, nextFinding, type Finding } from "./editor/findings";
import { foldRanges } from "./editor/folding";
import { hover, type Hovered } from "./editor/hover";
import { annotations, setNames, setOutcomes, type Name } from "./editor/annotations";
import { tokens } from "./editor/tokens";
import "./editor/style-sheets";

/** What Rust answers. Structured answers are JSON, for they are small and rarely asked for. */
export interface Hooks {
  /** Triples of start, end and class of every token. */
  tokens(text: string): Uint32Array;
  changed(text: string): void;
  selected(from: number, to: number): void;
  complete(position: number): string;
  hover(position: number): string;
}

interface Edit { from: number; to: number; insert: string }

export class Editor {
  private readonly view: EditorView;
  private readonly hooks: Hooks;

  constructor(parent: Element, text: string, hooks: Hooks) {
    this.hooks = hooks;
    this.view = new EditorView({ parent, state: this.state(text) });
  }

  private state(text: string): EditorState {
    const { hooks } = this;
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(),
        foldGutter(), codeFolding(), foldService.of(foldRanges), drawSelection(), dropCursor(),
        EditorState.allowMultipleSelections.of(true),
        bracketMatching(), closeBrackets(), highlightActiveLine(), highlightSelectionMatches(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": "Condition as text", spellcheck: "false", autocapitalize: "off",
        }),
        tokens((source) => hooks.tokens(source)),
        annotations(), findings(),
        completion((position) => JSON.parse(hooks.complete(position)) as Completions),
        hover((position) => JSON.parse(hooks.hover(position)) as Hovered | null),
        keymap.of([
          ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) hooks.changed(update.state.doc.toString());
          if (update.selectionSet && update.view.hasFocus) {
            const { from, to } = update.state.selection.main;
            hooks.selected(from, to);
          }
        }),
      ],
    });
  }

  /** Shows another document; what was undone before stays behind. */
  open(text: string): void {
    this.view.setState(this.state(text));
  }

  /** Changes the document as one step that can be undone. */
  edit(edits: string): void {
    const changes = JSON.parse(edits) as Edit[];
    if (changes.length > 0) this.view.dispatch({ changes, userEvent: "input.block" });
  }

  names(names: string): void {
    this.view.dispatch({ effects: setNames.of(JSON.parse(names) as Name[]) });
  }

  /** Colours clauses: triples of start, end and 0 for false, 1 for true, 2 for unknown. */
  outcomes(outcomes: Uint32Array): void {
    this.view.dispatch({ effects: setOutcomes.of(outcomes) });
  }

  findings(found: string): void {
    setFindings(this.view, JSON.parse(found) as Finding[]);
  }

  nextFinding(): void {
    this.view.focus();
    nextFinding(this.view);
  }

  /** Selects a place and shows it; the focus moves only where it is asked to. */
  select(from: number, to: number, focus: boolean): void {
    const end = this.view.state.doc.length;
    const selection = EditorSelection.single(Math.min(from, end), Math.min(to, end));
    this.view.dispatch({ selection, scrollIntoView: true });
    if (focus) this.view.focus();
  }

  focus(): void {
    this.view.focus();
  }

  undo(): boolean {
    return undo(this.view);
  }

  redo(): boolean {
    return redo(this.view);
  }

  canUndo(): boolean {
    return undoDepth(this.view.state) > 0;
  }

  canRedo(): boolean {
    return redoDepth(this.view.state) > 0;
  }

  /** Measures again after the view was hidden or its size changed. */
  measure(): void {
    this.view.requestMeasure();
  }
}

export { Transaction };
