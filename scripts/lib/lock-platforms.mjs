/**
 * @typedef {{ version?: string, optionalDependencies?: Record<string, string>, [field: string]: unknown }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages keyed by folder, '' is the project
 * @typedef {{ name: string, version: string }} MissingPackage
 */

/**
 * The optional packages that a lock file names as dependencies and does not hold. With any of
 * them missing `npm ci` refuses to install.
 * @param {LockedPackages} packages `packages` of package-lock.json
 * @returns {MissingPackage[]}
 */
export function missingPlatformPackages(packages) {
  const missing = new Map();
  for (const [folder, locked] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      if (!isLocked(packages, folder, name)) missing.set(name, { name, version });
    }
  }
  return [...missing.values()];
}

/**
 * Looks a dependency up the way Node does: in the package's own folder, then in its parents'.
 * @param {LockedPackages} packages
 * @param {string} folder
 * @param {string} name
 */
function isLocked(packages, folder, name) {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * A lock entry for a package that holds one platform's binary, read from its name. npm skips it on
 * other platforms without asking the registry; on its own it is fetched by exact version.
 * @param {MissingPackage} missing such as `@biomejs/cli-linux-x64-musl`
 * @returns {LockedPackage}
 * @throws Error when name or version do not say enough: such a package is to be locked by hand
 */
export function platformEntry({ name, version }) {
  const words = name.split(/[-/]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!os || !cpu || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`${name}@${version} is not locked, and its name does not tell its platform`);
  }
  const libc = os === 'linux' && words.some((word) => word.startsWith('musl')) ? 'musl' : undefined;
  return {
    version,
    cpu: [cpu],
    dev: true,
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}

/**
 * Adds what is missing, in the order npm keeps.
 * @param {LockedPackages} packages
 * @returns {{ packages: LockedPackages, added: string[] }}
 */
export function completeLockedPackages(packages) {
  const missing = missingPlatformPackages(packages);
  const entries = missing.map((one) => [`node_modules/${one.name}`, platformEntry(one)]);
  const all = { ...packages, ...Object.fromEntries(entries) };
  const order = Object.keys(all).sort((a, b) => a.localeCompare(b, 'en'));
  return {
    packages: Object.fromEntries(
      order.map((key) => [key, /** @type {LockedPackage} */ (all[key])]),
    ),
    added: missing.map(({ name }) => name),
  };
}
