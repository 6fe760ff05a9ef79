// The module to import: the engine, with the fastest loops for this machine.
@_exported import ChainruleCore
@_exported import ChainruleKernels
