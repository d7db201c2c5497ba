export { discoverPublicAddress, discoverThrough } from './discover-public-address.ts';
