import Chainrule

/// Every table that this processor can run. The environment's `CHAINRULE_KERNELS` makes others of the native ones.
let tables: [Kernels] = [.reference, .portable, .native(threads: 1), .native(threads: 3)]
