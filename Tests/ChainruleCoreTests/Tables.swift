import Chainrule

/// Every table that this processor can run. The environment variable `CHAINRULE_KERNELS` selects what the native ones
/// are.
let tables: [Kernels] = [.reference, .portable, .native(threads: 1), .native(threads: 3)]
