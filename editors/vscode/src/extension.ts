// The extension: it keeps the language server running, and tells it what is set.

import * as vscode from "vscode";
import { DidChangeConfigurationNotification, LanguageClient } from "vscode-languageclient/node";

import { COMMAND, SECTION, TRACE, lintSettings, serverCommand } from "./settings";

/** A client that leaves it to us to say what keeps it from starting. */
class Client extends LanguageClient {
  started = false;

  override error(message: string, data?: unknown, show: boolean | "force" = true): void {
    super.error(message, data, this.started && show);
  }
}

let client: Client | undefined;
/** The starts and stops that were asked for: each begins when those before it have ended. */
let jobs: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const keys = settingKeys(context);
  const restart = () => (jobs = jobs.then(stop).then(() => start(context.extensionPath, keys)));
  context.subscriptions.push(
    vscode.commands.registerCommand(`${SECTION}.restart`, restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration(`${SECTION}.${COMMAND}`)) {
        await restart();
      } else if (change.affectsConfiguration(SECTION) && client?.isRunning()) {
        await client.sendNotification(DidChangeConfigurationNotification.type, { settings: lintSettings(keys) });
      }
    }),
  );
  await restart();
}

export function deactivate(): Promise<void> {
  return (jobs = jobs.then(stop));
}

/** Give the keys that the server takes: all of our settings but those about the server itself. */
function settingKeys(context: vscode.ExtensionContext): string[] {
  const contributed: { properties: object }[] = context.extension.packageJSON.contributes.configuration;
  return contributed
    .flatMap((group) => Object.keys(group.properties))
    .map((name) => name.slice(SECTION.length + 1))
    .filter((key) => key !== COMMAND && key !== TRACE);
}

async function start(folder: string, keys: readonly string[]): Promise<void> {
  const words = serverCommand();
  if (!words) {
    void explain("waits: its command names the folder of the workspace, which is not trusted.");
    return;
  }
  const [command = "", ...args] = words;
  client = new Client(
    SECTION,
    "Migration plans",
    // It runs in our own folder: what lies in the workspace is not found as a program there, nor as a module.
    { command, args, options: { cwd: folder } },
    {
      documentSelector: [
        { language: "markdown", scheme: "file" },
        { language: "markdown", scheme: "untitled" },
      ],
      initializationOptions: () => lintSettings(keys),
      initializationFailedHandler: () => false,
    },
  );
  try {
    await client.start();
    client.started = true;
  } catch (error) {
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    void explain(
      `did not start with '${command}': ${reason}. lint-migration-plan brings it with its extra 'lsp'; ` +
        "a setting says where it is.",
    );
  }
}

async function stop(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

/** Say what keeps the server from starting, and lead to the setting that would help. */
async function explain(reason: string): Promise<void> {
  const settings = "Open Settings";
  const chosen = await vscode.window.showErrorMessage(`The server for migration plans ${reason}`, settings);
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.${COMMAND}`);
  }
}
