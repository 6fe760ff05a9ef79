// What a programmer gets wrong, such as an array of the wrong size, has no error to throw: the program ends. `precondition` would
// end it without a word in a release build, where its message is dropped; these two say why on standard error first.

/// Ends the program with a message on standard error, also in release builds, unless a condition holds.
///
/// Call it at the start of every public function for what its caller has promised:
///
/// ```swift
/// require(weights.count == rows, "found \(weights.count) weights for \(rows) rows; each row needs one")
/// ```
///
/// The line begins with the file and the line of the call. In Embedded Swift the program ends without the message, and the
/// message costs no code.
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

/// Ends the program with a message on standard error, also in release builds: for a place that only a programmer's mistake
/// leads to.
@inlinable @inline(__always)
package func trap(_ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line) -> Never {
  #if hasFeature(Embedded)
    preconditionFailure()
  #else
    printAndTrap(message(), file, line)
  #endif
}

#if !hasFeature(Embedded)
  // Kept out of line, so that a check costs its caller a comparison and a jump.
  @usableFromInline @inline(never)
  func printAndTrap(_ message: String, _ file: StaticString, _ line: UInt) -> Never {
    // Unlike `preconditionFailure`, it keeps its message in a release build.
    fatalError(message, file: file, line: line)
  }
#endif
