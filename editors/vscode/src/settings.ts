// What the user has set, as the server and its start need it.

import * as vscode from "vscode";

/** What all our settings begin with; the id of the client too, which the setting for traces goes by. */
export const SECTION = "lint-migration-plan";

/** The settings that are about the server itself: how it is started, and what of the talk with it is shown. */
export const COMMAND = "server.command";
export const TRACE = "trace.server";

/** What stands for the folder of the workspace. */
const FOLDER = "${workspaceFolder}";

/**
 * Give the settings that somebody has set, by the keys of a configuration.
 *
 * VS Code fills in an empty list or table for what nobody has set, which would say something else than nothing.
 */
export function lintSettings(keys: readonly string[]): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  return Object.fromEntries(
    keys.filter((key) => isSet(configuration.inspect(key))).map((key) => [key, configuration.get(key)]),
  );
}

function isSet(found: ReturnType<vscode.WorkspaceConfiguration["inspect"]>): boolean {
  const values = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  return values.some((value) => value !== undefined);
}

/**
 * Give the command that starts the server, with the folder of the workspace put in where it is named.
 *
 * It is undefined where the workspace is not trusted, and the command lies in it. VS Code itself passes over a command
 * that such a workspace sets.
 */
export function serverCommand(): string[] | undefined {
  const words = vscode.workspace.getConfiguration(SECTION).get<string[]>(COMMAND, []);
  if (!vscode.workspace.isTrusted && words.some((word) => word.includes(FOLDER))) {
    return undefined;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  return words.map((word) => word.replaceAll(FOLDER, folder));
}
