import type { SqliteDatabase, Statement } from '../sqlite.ts';
import { BackupFolder } from './backup-folder.ts';
import { copyVerified, type VerifyCopy } from './verified-copy.ts';

/** At most this much work is lost with a file that cannot be salvaged. */
const BACKUP_INTERVAL_MS = 3_600_000;

/** Less than any count of changes. */
const NEVER = -1;

export interface WorkBackupPorts {
  now: () => number;
  /** Calls back once after a while. Returns the way to stop. */
  setTimer: (ms: number, callback: () => void) => () => void;
  /** Reads all of a copy, and so belongs into another thread than that of the writes. */
  verify: VerifyCopy;
  onMade: (file: string) => void;
  onError: (error: unknown) => void;
}

/**
 * Backs `work.db` up every hour in which it changed, and when it is closed if that is longer ago. Runs beside the writes of its owner, whose
 * connection it shares; all changes come over that connection, so counting them there misses none.
 */
export class WorkBackups {
  readonly #db: SqliteDatabase;
  readonly #folder: BackupFolder;
  readonly #ports: WorkBackupPorts;
  readonly #changes: Statement;
  /** Whatever an earlier run did after its last backup is in none yet. */
  #backedUp = NEVER;
  #stopTimer: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: { db: SqliteDatabase; dataFolder: string }, ports: WorkBackupPorts) {
    this.#db = options.db;
    this.#folder = new BackupFolder(options.dataFolder);
    this.#ports = ports;
    this.#changes = this.#db.prepare('SELECT total_changes()').pluck();
  }

  start(): void {
    this.#stopTimer = this.#ports.setTimer(BACKUP_INTERVAL_MS, () => {
      void this.#backUpIfChanged({ isDue: () => true });
      this.start();
    });
  }

  /** Before the connection is closed. A failure is told and does not keep the file open. */
  async close(): Promise<void> {
    this.#stopTimer();
    await this.#backUpIfChanged({ isDue: () => this.#isDue() });
  }

  #countChanges(): number {
    return this.#changes.get() as number;
  }

  /** Commands that open the folder for a moment would copy it each time. */
  #isDue(): boolean {
    const [newest] = this.#folder.list();
    return !newest || this.#ports.now() - newest.at >= BACKUP_INTERVAL_MS;
  }

  async #backUpIfChanged({ isDue }: { isDue: () => boolean }): Promise<void> {
    this.#running = this.#running.then(async () => {
      const changes = this.#countChanges();
      if (changes === this.#backedUp) return;
      try {
        if (!isDue()) return;
        const file = this.#folder.newFile(this.#ports.now());
        await copyVerified(this.#db, file, this.#ports.verify);
        this.#folder.prune();
        // What is noted about a backup is no reason for the next one.
        const beforeNote = this.#countChanges();
        this.#ports.onMade(file);
        this.#backedUp = changes + this.#countChanges() - beforeNote;
      } catch (error) {
        this.#ports.onError(error);
      }
    });
    await this.#running;
  }
}
