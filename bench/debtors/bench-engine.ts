import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseToken } from '#shared/contract/index.ts';
import { RunningProduct } from '../main-job/running-product.ts';
import { EngineClient } from './engine-client.ts';

/** The product with a carrier that nobody calls, and a client of the command line's credential. */
export interface BenchEngine {
  product: RunningProduct;
  client: EngineClient;
  /** another connection: what is measured does not queue behind what this one asks */
  connect(): Promise<EngineClient>;
  stop(): Promise<void>;
}

const scenario = { name: 'bench', seed: 1, otherwise: { kind: 'busy' } };

export async function startBenchEngine(directory: string, dataDir: string): Promise<BenchEngine> {
  const product = await RunningProduct.start(directory, dataDir, scenario);
  const connect = () => EngineClient.connect(product.url, tokenOf(dataDir));
  const client = await connect();
  return {
    product,
    client,
    connect,
    async stop() {
      client.close();
      await product.stop();
    },
  };
}

function tokenOf(dataDir: string) {
  const { tokenFile } = JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as {
    tokenFile: string;
  };
  const token = parseToken(readFileSync(tokenFile, 'utf8'));
  if (token === null) throw new Error(`${tokenFile} holds no token`);
  return token;
}
