import { freePort } from '@farwatch/testkit';
import { type Program, startProgram } from './program.ts';

export const phpFpmNames = ['php-fpm8.2', 'php-fpm8.4', 'php-fpm8.3', 'php-fpm'] as const;

export type PhpOptions = Readonly<{
  script: string;
  /** Over a unix socket in its folder; else a port. */
  socket?: boolean;
  children?: number;
  backlog?: number;
  terminateS?: number;
  listenMode?: string;
}>;

/** A real PHP-FPM that runs one script whatever it is asked for. `target` is where a gateway must point. */
export const startPhpFpm = async (
  options: PhpOptions,
): Promise<Program & Readonly<{ script: string; socketPath: string }>> => {
  const { script, socket = false, children = 2, backlog = 64, terminateS = 0, listenMode = '0666' } = options;
  const port = await freePort();
  const program = await startProgram({
    names: phpFpmNames,
    port,
    logFile: 'fpm.log',
    files: {
      'www/index.php': script,
      'fpm.conf': `[global]
error_log = FOLDER/fpm.log
daemonize = no
[www]
${process.getuid?.() === 0 ? 'user = www-data\ngroup = www-data' : ''}
listen = ${socket ? 'FOLDER/php.sock' : `127.0.0.1:${port}`}
listen.mode = ${listenMode}
listen.backlog = ${backlog}
pm = static
pm.max_children = ${children}
${terminateS > 0 ? `request_terminate_timeout = ${terminateS}s` : ''}
catch_workers_output = yes
php_admin_value[display_errors] = 0
`,
    },
    args: () => ['-F', '-R', '-y', 'FOLDER/fpm.conf'],
    ...(socket ? { waitFor: 'php.sock' } : {}),
  });
  return { ...program, script: `${program.folder}/www/index.php`, socketPath: `${program.folder}/php.sock` };
};
