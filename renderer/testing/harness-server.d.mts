/** The screens over a scripted client, built and served on loopback, for tests of their behaviour. */
export function serveHarness(): Promise<{ origin: string; stop(): void }>;
