/**
 * Flags of each Node that runs our programs.
 *
 * The wrappers of calls from WebAssembly into JavaScript are never compiled anew. V8 frees the replaced ones without telling
 * threads apart, and ends the process when two of them do so at the same time ("Check failed:
 * jit_page_->allocations_.erase(addr) == 1", nodejs/node#64500). Node takes the types out of sources with WebAssembly, in each
 * thread anew; of some two hundred threads that ran from sources beside each other, one ended its process so, and none since.
 */
export const nodeFlags: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--wasm-wrapper-tiering-budget=1000000000',
];
