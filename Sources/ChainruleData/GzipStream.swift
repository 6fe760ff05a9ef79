import CZlib
import ChainruleKernels

/// Decompresses gzip as a stream, including several members one after another.
final class GzipStream {
  private let stream: UnsafeMutablePointer<z_stream>
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  /// Whether a member has begun and not ended.
  private var isInside = true
  private var isAfterLast = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = chainrule_inflate_init(stream)
    require(status == Z_OK, "zlib can't unpack a file: it returned \(status), so memory must have run out")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Decompresses the next bytes, and passes on the result.
  func read(
    _ bytes: UnsafeRawBufferPointer, path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    // zlib doesn't write to its input.
    stream.pointee.next_in = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(bytes.count)
    while stream.pointee.avail_in > 0 {
      if !isInside {
        if isAfterLast { return }
        if stream.pointee.next_in.pointee != 0x1F {
          // Padding or other data after the last member, which was complete.
          isAfterLast = true
          return
        }
        inflateReset(stream)
        isInside = true
      }
      repeat {
        stream.pointee.next_out = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
          throw InputFileError(path: path, reason: "the gzip data is damaged; fetch or pack it again", isMissing: false)
        }
        let count = output.count - Int(stream.pointee.avail_out)
        if count > 0 { try body(UnsafeRawBufferPointer(rebasing: output[..<count])) }
        if status == Z_STREAM_END {
          isInside = false
          break
        }
      } while stream.pointee.avail_out == 0
    }
  }

  /// Ends the stream.
  func finish(path: String) throws {
    if isInside {
      throw InputFileError(
        path: path, reason: "the gzip data ends too early: the file is truncated; fetch it again", isMissing: false)
    }
  }
}
