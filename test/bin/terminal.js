// Loaded before the command line: its stderr takes itself for a terminal, what is written there is seen all the same.
const { stderr } = process;
Object.assign(stderr, { isTTY: true, columns: Number(process.env.TERMINAL_COLUMNS ?? 100) });
for (const move of ['cursorTo', 'clearLine', 'moveCursor']) stderr[move] = () => true;
