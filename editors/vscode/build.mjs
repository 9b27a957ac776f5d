// Puts into dist/ what the extension is made of: its code in one file, the licences of what is in there, and the schema
// of the configuration.

import { build } from "esbuild";
import { copyFile, readFile, readdir, writeFile } from "node:fs/promises";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  legalComments: "none",
  metafile: true,
  minify: true,
  platform: "node",
  target: "node20",
});

const packages = Object.keys(metafile.inputs).map((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
const licences = [...new Set(packages.filter(Boolean))].sort().map(async (folder) => {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  return `${name} ${version} (${license})\n\n${file ? await readFile(`${folder}/${file}`, "utf8") : ""}\n`;
});
await writeFile("dist/third-party.txt", (await Promise.all(licences)).join(`${"-".repeat(80)}\n`));

await copyFile("../../src/lint_migration_plan/config/config.schema.json", "dist/config.schema.json");
await copyFile("../../LICENSE", "LICENSE");
