// The engine's fingerprints for the tests: trained in WebAssembly, compared with those of the native engine.

import EngineFingerprints
import WasmAllocator

/// How many trainings there are.
@_expose(wasm, "fingerprint_count") @_cdecl("fingerprint_count")
public func fingerprintCount() -> Int32 { Int32(EngineFingerprints.count) }

/// The fingerprint that a training comes to.
@_expose(wasm, "fingerprint") @_cdecl("fingerprint")
public func fingerprint(_ index: Int32) -> UInt64 { EngineFingerprints.fingerprint(Int(index)) }
