/** Names whose values open something: children get them only when they are passed by name. */
const SENSITIVE = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE_?KEY/i;
/** Names that change how a runtime behaves, or that belong to the tool which started us. */
const STEERING =
  /^(NODE_OPTIONS|NODE_PATH|NODE_CHANNEL_.*|ELECTRON_.*|npm_.*|LD_PRELOAD|DYLD_.*)$/i;
/** The store's passphrase is meant for the engine, which takes it from its environment. */
const FOR_CHILDREN = new Set(['DIALDESK_PASSPHRASE']);

/**
 * The environment of our own child processes: this one's without what is secret or steers a runtime, and what was passed by name.
 * A shell's test flags stay with the shell.
 */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined || STEERING.test(name) || name.startsWith('DIALDESK_BROWSER')) continue;
    if (SENSITIVE.test(name) && !FOR_CHILDREN.has(name)) continue;
    passed[name] = value;
  }
  return { ...passed, ...added };
}
