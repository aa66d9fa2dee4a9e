import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../tools/project-root.ts';
import { readProjectFiles } from '../../tidy/project-files.ts';

export interface CommandResult {
  command: string;
  code: number;
  output: string;
}

/** The project's files in another folder, where a test may change them. The packages are shared with this checkout. */
export class ProjectCopy {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    for (const { path } of readProjectFiles()) {
      cpSync(join(projectRoot, path), join(folder, path));
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Text files by path, all that the accelerator could touch. */
  contents(): Map<string, string> {
    const folders = [
      'shared/entities',
      'server',
      'renderer/entities',
      'renderer/i18n',
      'tests/entities',
    ];
    const paths = folders.flatMap((folder) =>
      readdirSync(join(this.folder, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.\w+$/.test(name))
        .map((name) => join(folder, name)),
    );
    return new Map(paths.toSorted().map((path) => [path, this.read(path)]));
  }

  /** Runs one line of a shell, as a person would type it in the project's folder. */
  async run(command: string): Promise<CommandResult> {
    const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    const options = { cwd: this.folder, env: { ...process.env, PATH: path, FORCE_COLOR: '0' } };
    try {
      const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], options);
      return { command, code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { command, code, output: `${stdout}${stderr}` };
    }
  }
}
