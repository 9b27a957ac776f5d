// The packaged code against the real server, without a display.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

const require = createRequire(import.meta.url);
const { editor, vscode } = require("./stand-in.cjs");
const extension = require("../dist/extension.js");

const PLAN = await readFile(new URL("../../../fixtures/plans/payments-platform.md", import.meta.url), "utf8");
const RULES = ["unassigned-gap", "unknown-risk", "untested-rollback"];
const context = {
  subscriptions: [],
  extensionPath: new URL("..", import.meta.url).pathname,
  extension: { packageJSON: require("../package.json") },
};
const folder = await mkdtemp(join(tmpdir(), "plans-"));

/** Wait for what the server says of a document to be so. */
async function until(document, holds) {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const diagnostics = editor.diagnostics.get(document.uri.toString()) ?? [];
    if (holds(diagnostics)) return diagnostics;
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.fail(`the server says ${JSON.stringify(editor.diagnostics.get(document.uri.toString()))}`);
}

const rules = (diagnostics) => diagnostics.map((each) => each.code?.value ?? each.code).sort();

before(() => extension.activate(context), { timeout: 60_000 });
after(() => extension.deactivate());

let plan;

test("a plan that is opened has its diagnostics, at the right characters", async () => {
  plan = await editor.open(vscode.Uri.file(join(folder, "plan.md")), PLAN);
  const diagnostics = await until(plan, (found) => found.length === 3);
  assert.deepEqual(rules(diagnostics), RULES);
  const { range, severity } = diagnostics.find((each) => each.message.includes("Meduim"));
  assert.deepEqual([range.start.line, range.start.character, range.end.character, severity], [69, 10, 16, 0]);
  assert.deepEqual(editor.errors, []);
});

test("a quick fix mends what it stands at", async () => {
  const [diagnostic] = editor.diagnostics.get(plan.uri.toString()).filter((each) => each.message.includes("Meduim"));
  const actions = await editor.providers.CodeActions.provideCodeActions(
    plan,
    diagnostic.range,
    { diagnostics: [diagnostic], only: undefined, triggerKind: vscode.CodeActionTriggerKind.Invoke },
    new vscode.CancellationTokenSource().token,
  );
  const [fix] = actions.filter((each) => each.kind.value === "quickfix" && each.isPreferred);
  const [[uri, [edit]]] = fix.edit.edits;
  assert.equal(uri.toString(), plan.uri.toString());
  assert.deepEqual([edit.newText, edit.range.start.character, edit.range.end.character], ["medium", 10, 16]);
});

test("what is typed is judged, by the editor's own columns", async () => {
  await editor.change(plan, PLAN.replace("**Risk**: Meduim", "**Risk**: 🚀🚀"));
  const risk = (found) => found.find((each) => each.message.includes("🚀🚀"));
  const { range } = risk(await until(plan, risk));
  assert.deepEqual([range.start.character, range.end.character], [10, 14]);
  await editor.change(plan, PLAN);
  await until(plan, (found) => found.some((each) => each.message.includes("Meduim")));
});

test("a plan without a file is judged too", async () => {
  const untitled = await editor.open(vscode.Uri.parse("untitled:Untitled-1"), PLAN);
  assert.deepEqual(rules(await until(untitled, (found) => found.length === 3)), RULES);
});

test("settings hold from when they are set until they are taken back", async () => {
  await editor.set({ "lint-migration-plan.ignore": ["unknown-risk"] });
  await until(plan, (found) => found.length === 2);
  await editor.set({ "lint-migration-plan.ignore": undefined });
  await until(plan, (found) => found.length === 3);
  assert.deepEqual(editor.errors, []);
});

for (const [what, command] of [
  ["is not there", ["no-such-server"]],
  ["ends at once", ["node", "--eval", "process.exit(2)"]],
]) {
  test(`of a server that ${what} it is told once what would help`, async () => {
    editor.errors.length = 0;
    await editor.set({ "lint-migration-plan.server.command": command });
    assert.equal(editor.errors.length, 1, editor.errors.join());
    assert.match(editor.errors[0], new RegExp(`'${command[0]}'.*with its extra 'lsp'`));
  });
}

test("the server starts anew on request, with the settings as they are then", async () => {
  editor.settings["lint-migration-plan.server.command"] = undefined;
  editor.settings["lint-migration-plan.ignore"] = ["gaps", "unknown-risk"];
  editor.diagnostics.clear();
  await editor.run("lint-migration-plan.restart");
  assert.deepEqual(rules(await until(plan, (found) => found.length === 1)), ["untested-rollback"]);
});

test("a workspace that is not trusted starts no program of its own, until it is trusted", async () => {
  const started = join(folder, "started");
  editor.errors.length = 0;
  editor.trusted = false;
  vscode.workspace.workspaceFolders = [{ uri: vscode.Uri.file(folder) }];
  const write = `require("node:fs").writeFileSync(${JSON.stringify(started)}, ""); process.exit(2)`;
  await writeFile(join(folder, "server.cjs"), write);
  await editor.set({ "lint-migration-plan.server.command": ["node", "${workspaceFolder}/server.cjs"] });
  assert.match(editor.errors.join(), /waits: .* not trusted/);
  assert.ok(!existsSync(started));
  await editor.trust();
  assert.ok(existsSync(started));
});
