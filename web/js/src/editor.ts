// The text view: CodeMirror, told by Rust what the text means.
//
// Nothing here knows the language. Rust gives tokens, findings, names, outcomes, completions and
// hovers as places in UTF-16 units; this file shows them.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, redo, undo } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorSelection, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter,
  highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { annotations, setNames, setOutcomes, setTokens, type Name } from "./editor/annotations";
import { completion, type Completions } from "./editor/completion";
import { diagnosed, findings, nextFinding, type Finding } from "./editor/findings";
import { folds, setFolds } from "./editor/folds";
import { hover, type Hovered } from "./editor/hover";
import "./editor/style-sheets";

/** What Rust is told and answers. Answers are JSON, for they are small and rarely asked for. */
export interface Hooks {
  changed(text: string): void;
  selected(from: number, to: number): void;
  complete(position: number): string;
  hover(position: number): string;
}

interface Edit { from: number; to: number; insert: string }
interface Reading { findings: Finding[]; names: Name[]; folds: [number, number][] }

export class Editor {
  private readonly view: EditorView;
  private readonly extensions: Extension;

  constructor(parent: Element, text: string, hooks: Hooks) {
    this.extensions = extensions(hooks);
    this.view = new EditorView({ parent, state: this.state(text) });
  }

  private state(doc: string): EditorState {
    return EditorState.create({ doc, extensions: this.extensions });
  }

  /** Shows another document; what was undone before stays behind. */
  open(text: string): void {
    this.view.setState(this.state(text));
  }

  /** Changes the document as one step that can be undone. */
  change(changes: string): void {
    const list = JSON.parse(changes) as Edit[];
    if (list.length > 0) this.view.dispatch({ changes: list, userEvent: "input.block" });
  }

  /** Shows what is known about the text: triples of start, end and class for its tokens. */
  showReading(tokens: Uint32Array, classes: string, rest: string, outcomes: Uint32Array): void {
    const { state } = this.view;
    const reading = JSON.parse(rest) as Reading;
    this.view.dispatch(diagnosed(state, reading.findings), {
      effects: [
        setTokens.of({ tokens, classes: JSON.parse(classes) as string[] }),
        setNames.of(reading.names),
        setFolds.of(reading.folds),
        setOutcomes.of(outcomes),
      ],
    });
  }

  /** Colours clauses: triples of start, end and 0 for false, 1 for true, 2 for unknown. */
  showOutcomes(outcomes: Uint32Array): void {
    this.view.dispatch({ effects: setOutcomes.of(outcomes) });
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

  undo(): boolean {
    return undo(this.view);
  }

  redo(): boolean {
    return redo(this.view);
  }

  /** Measures again after the view was hidden or its size changed. */
  measure(): void {
    this.view.requestMeasure();
  }
}

/** Where a selection is typed over, Chromium would carry its look over in a style attribute, which
 * the page's policy forbids; so it is replaced here. */
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const text = event.data;
    if (event.inputType !== "insertText" || text === null || main.empty || view.composing) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
    const handled = view.state.facet(EditorView.inputHandler)
      .some((handler) => handler(view, main.from, main.to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});

function extensions(hooks: Hooks): Extension {
  return [
    lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(),
    codeFolding(), foldGutter(), drawSelection(), dropCursor(), search({ top: true }),
    EditorState.allowMultipleSelections.of(true),
    bracketMatching(), closeBrackets(), highlightActiveLine(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-label": "Condition as text", tabindex: "0", spellcheck: "false", autocapitalize: "off",
    }),
    typingOver, annotations(), findings(), folds(),
    completion((position) => JSON.parse(hooks.complete(position)) as Completions | null),
    hover((position) => JSON.parse(hooks.hover(position)) as Hovered | null),
    keymap.of([
      ...closeBracketsKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"), ...searchKeymap, ...historyKeymap, ...foldKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) hooks.changed(update.state.doc.toString());
      if (update.selectionSet && update.view.hasFocus) {
        const { from, to } = update.state.selection.main;
        hooks.selected(from, to);
      }
    }),
  ];
}
