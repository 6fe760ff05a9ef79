// The tables' fingerprints for the tests: read and encoded in WebAssembly, compared with those of the native modules.

import TableFingerprints
import WasmAllocator

/// How many tables there are.
@_expose(wasm, "table_count") @_cdecl("table_count")
public func tableCount() -> Int32 { Int32(TableFingerprints.count) }

/// The fingerprint of a table's cells.
@_expose(wasm, "table_fingerprint") @_cdecl("table_fingerprint")
public func tableFingerprint(_ index: Int32) -> UInt64 { TableFingerprints.table(Int(index)) }

/// The fingerprint of a table's inputs and targets.
@_expose(wasm, "encoding_fingerprint") @_cdecl("encoding_fingerprint")
public func encodingFingerprint(_ index: Int32) -> UInt64 { TableFingerprints.encoding(Int(index)) }

/// Memory for the bytes of a file.
@_expose(wasm, "file_memory") @_cdecl("file_memory")
public func fileMemory(_ count: Int32) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: Int(count), alignment: 16)
}

/// The fingerprint of the cells in a file.
@_expose(wasm, "file_table_fingerprint") @_cdecl("file_table_fingerprint")
public func fileTableFingerprint(_ bytes: UnsafeMutableRawPointer, _ count: Int32) -> UInt64 {
  TableFingerprints.table(of: UnsafeRawBufferPointer(start: bytes, count: Int(count)))
}

/// The fingerprint of the inputs and targets of a file, by the position of the column to predict.
@_expose(wasm, "file_encoding_fingerprint") @_cdecl("file_encoding_fingerprint")
public func fileEncodingFingerprint(_ bytes: UnsafeMutableRawPointer, _ count: Int32, _ target: Int32) -> UInt64 {
  TableFingerprints.encoding(of: UnsafeRawBufferPointer(start: bytes, count: Int(count)), target: Int(target))
}
