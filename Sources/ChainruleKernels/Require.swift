// A programmer's mistake, such as an array of the wrong size, ends the program. In release builds, `precondition` drops
// its message; these functions print theirs to standard error.

/// Unless the condition holds, ends the program with a message on standard error, also in release builds.
///
/// Call it at the start of every public function to check its preconditions:
///
/// ```swift
/// require(weights.count == rows, "found \(weights.count) weights for \(rows) rows; each row needs one")
/// ```
///
/// The line begins with the file and the line of the call. In Embedded Swift, the program ends without the message,
/// which costs no code.
@inlinable @inline(__always)
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) {
  #if hasFeature(Embedded)
    precondition(condition)
  #else
    if !condition { trap(message(), file: file, line: line) }
  #endif
}

/// Ends the program with a message on standard error, also in release builds. Use it where only a programmer's mistake
/// can lead.
@inlinable @inline(__always)
package func trap(_ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line) -> Never {
  #if hasFeature(Embedded)
    preconditionFailure()
  #else
    printAndTrap(message(), file, line)
  #endif
}

#if !hasFeature(Embedded)
  // Not inlined, so that a check costs its caller only a comparison and a jump.
  @usableFromInline @inline(never)
  func printAndTrap(_ message: String, _ file: StaticString, _ line: UInt) -> Never {
    // Unlike `preconditionFailure`, it keeps its message in a release build.
    fatalError(message, file: file, line: line)
  }
#endif
