// A small stand-in for the module "vscode", for the extension as it is packaged: what the client calls, with an editor
// behind it that tests can drive. What is not here may be named and made, and does nothing.

const Module = require("node:module");
const { URI, Utils } = require("vscode-uri");

class Disposable {
  constructor(dispose = () => {}) {
    this.dispose = dispose;
  }
  static from(...disposables) {
    return new Disposable(() => disposables.forEach((each) => each.dispose()));
  }
}

class EventEmitter {
  #listeners = new Set();
  event = (listener, self, disposables) => {
    const bound = self ? listener.bind(self) : listener;
    this.#listeners.add(bound);
    const subscription = new Disposable(() => this.#listeners.delete(bound));
    disposables?.push(subscription);
    return subscription;
  };
  fire(value) {
    return Promise.all([...this.#listeners].map((listener) => listener(value)));
  }
  dispose() {
    this.#listeners.clear();
  }
}

class CancellationTokenSource {
  #emitter = new EventEmitter();
  token = { isCancellationRequested: false, onCancellationRequested: this.#emitter.event };
  cancel() {
    this.token.isCancellationRequested = true;
    this.#emitter.fire();
  }
  dispose() {}
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(...places) {
    const [start, end] = places.length === 4 ? [new Position(...places), new Position(...places.slice(2))] : places;
    Object.assign(this, { start, end });
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class WorkspaceEdit {
  edits = [];
  set(uri, edits) {
    this.edits.push([uri, edits.map((each) => (Array.isArray(each) ? each[0] : each))]);
  }
}

class TextEdit {
  constructor(range, newText) {
    Object.assign(this, { range, newText });
  }
}

class CodeAction {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
}

class Kind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new Kind(this.value ? `${this.value}.${part}` : part);
  }
}

class TabInputText {
  constructor(uri) {
    this.uri = uri;
  }
}

// What is set by nobody has an empty value of its type, as in VS Code.
const contributed = Object.assign({}, ...require("../package.json").contributes.configuration.map((group) => group.properties));
const EMPTY = { array: () => [], object: () => ({}), boolean: () => false, string: () => "" };

function getConfiguration(section = "") {
  const name = (key) => (section ? `${section}.${key}` : key);
  return {
    get: (key, otherwise) => {
      const declared = contributed[name(key)];
      const empty = declared && (declared.default ?? EMPTY[declared.type]?.() ?? null);
      return editor.settings[name(key)] ?? empty ?? otherwise;
    },
    inspect: (key) => ({ key: name(key), globalValue: editor.settings[name(key)] }),
    has: (key) => name(key) in contributed,
  };
}

const events = new Proxy({}, { get: (held, name) => (held[name] ??= new EventEmitter()) });
const commands = new Map();

// Events, the registration of whatever a test does not ask for, and all else that is only called.
const open = (known) =>
  new Proxy(known, {
    get: (held, name) => (name in held ? held[name] : /^on[A-Z]/.test(name) ? events[name].event : () => new Disposable()),
  });

/** What a test sees of the editor and does with it. */
const editor = {
  settings: {},
  trusted: true,
  documents: [],
  errors: [],
  providers: {},
  diagnostics: new Map(),
  run: (command) => commands.get(command)(),
  async set(settings) {
    Object.assign(this.settings, settings);
    const affectsConfiguration = (section) => Object.keys(settings).some((name) => `${name}.`.startsWith(`${section}.`));
    await events.onDidChangeConfiguration.fire({ affectsConfiguration });
  },
  async trust() {
    this.trusted = true;
    await events.onDidGrantWorkspaceTrust.fire();
  },
  async open(uri, text) {
    const document = { uri, languageId: "markdown", version: 1, isClosed: false, getText: () => document.text, text };
    this.documents.push(document);
    vscode.window.activeTextEditor = { document };
    await events.onDidOpenTextDocument.fire(document);
    await events.onDidChangeTabs.fire({ opened: [document], closed: [] });
    return document;
  },
  async change(document, text) {
    Object.assign(document, { text, version: document.version + 1 });
    await events.onDidChangeTextDocument.fire({ document, contentChanges: [{ text }] });
  },
};

const registered = new Proxy(
  {},
  {
    get: (_, name) => {
      const kind = /^register(.*)Provider$/.exec(name)?.[1];
      return (selector, provider) => {
        if (kind) editor.providers[kind] = provider;
        return new Disposable();
      };
    },
  },
);

const vscode = {
  version: "1.91.0",
  Uri: Object.assign(URI, { joinPath: Utils.joinPath }),
  Disposable,
  EventEmitter,
  CancellationTokenSource,
  CancellationError: class extends Error {},
  Position,
  Range,
  Diagnostic,
  WorkspaceEdit,
  TextEdit,
  CodeAction,
  CodeActionKind: Object.assign(Kind, { Empty: new Kind(""), QuickFix: new Kind("quickfix") }),
  TabInputText,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
  env: { language: "en", appName: "stand-in" },
  commands: open({
    registerCommand: (name, run) => {
      commands.set(name, run);
      return new Disposable(() => commands.delete(name));
    },
  }),
  languages: new Proxy(
    {
      match: (selector, document) =>
        [selector].flat().some((each) => each.language === document.languageId && each.scheme === document.uri.scheme) ? 10 : 0,
      createDiagnosticCollection: () => ({
        set: (uri, diagnostics) => editor.diagnostics.set(uri.toString(), diagnostics),
        delete: (uri) => editor.diagnostics.delete(uri.toString()),
        has: (uri) => editor.diagnostics.has(uri.toString()),
        clear: () => editor.diagnostics.clear(),
        dispose: () => editor.diagnostics.clear(),
      }),
    },
    { get: (held, name) => held[name] ?? registered[name] },
  ),
  window: open({
    createOutputChannel: (name) => open({ name }),
    showErrorMessage: async (message) => void editor.errors.push(message),
    tabGroups: open({
      get all() {
        return [{ tabs: editor.documents.map((each) => ({ input: new TabInputText(each.uri) })) }];
      },
    }),
    get visibleTextEditors() {
      return editor.documents.map((document) => ({ document }));
    },
  }),
  workspace: open({
    getConfiguration,
    get isTrusted() {
      return editor.trusted;
    },
    textDocuments: editor.documents,
    notebookDocuments: [],
    workspaceFolders: undefined,
    createFileSystemWatcher: () => open({ dispose() {} }),
  }),
};

// A class or a table of numbers that is only named.
const whole = new Proxy(vscode, { get: (held, name) => (name in held ? held[name] : (held[name] = class {})) });

const load = Module._load;
Module._load = (request, ...others) => (request === "vscode" ? whole : load(request, ...others));

module.exports = { editor, vscode: whole };
