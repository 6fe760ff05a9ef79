// What a Swift developer imports: the engine, ready for this machine.
@_exported import ChainruleCore
@_exported import ChainruleKernels
