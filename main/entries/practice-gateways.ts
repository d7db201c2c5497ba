import { runGatewaysProcess } from '../practice/gateways/process/index.ts';

runGatewaysProcess();
