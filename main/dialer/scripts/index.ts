export { createScriptHandlers } from './script-handlers.ts';
