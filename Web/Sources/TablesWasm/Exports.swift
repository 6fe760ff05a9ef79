// Tables for the tests: read in WebAssembly, compared with what is read natively.

import TableFingerprints
import WasmAllocator

/// Memory for a file's bytes.
@_expose(wasm, "table_bytes") @_cdecl("table_bytes")
public func tableBytes(_ count: Int32) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: Int(count), alignment: 16)
}

/// The fingerprint of the table in bytes that are read in parts of a size.
@_expose(wasm, "table_fingerprint") @_cdecl("table_fingerprint")
public func tableFingerprint(_ bytes: UnsafeMutableRawPointer, _ count: Int32, _ chunk: Int32) -> UInt64 {
  TableFingerprints.fingerprint(UnsafeRawBufferPointer(start: bytes, count: Int(count)), chunk: Int(chunk))
}
