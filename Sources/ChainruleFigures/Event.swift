/// What a pointer, a finger or a pen does.
public enum PointerPhase: Int32, Sendable {
  /// It was put down.
  case down = 0
  /// It moves, held down.
  case move
  /// It was lifted.
  case up
  /// The page took it away, to scroll for example.
  case cancel
  /// It moves, not held down.
  case hover
  /// It left the figure.
  case leave
}

/// A key that figures know: one of the named ones, or a character.
public struct Key: Equatable, Sendable {
  /// The arrows.
  public static let left = Key(code: 1), right = Key(code: 2), up = Key(code: 3), down = Key(code: 4)
  /// Acts at the cross-hair.
  public static let enter = Key(code: 5)
  /// Removes what is under the cross-hair.
  public static let delete = Key(code: 6)
  /// Goes from point to point.
  public static let next = Key(code: 7), previous = Key(code: 8)
  /// Gives up what was begun.
  public static let escape = Key(code: 9)

  /// One of the named codes, or a Unicode scalar from 32 on: a small letter, the space.
  public let code: Int32

  /// Creates a key from its code. Codes below 0 belong to no key and become 0.
  public init(code: Int32) {
    self.code = max(code, 0)
  }

  /// Creates a key from its character.
  public static func character(_ scalar: Unicode.Scalar) -> Key { Key(code: Int32(bitPattern: scalar.value)) }
}

/// Something that the reader does to a figure.
public enum Event: Sendable {
  /// The pointer is at a place on the canvas, or outside while it is held. Further than 32,768 pixels away counts as that
  /// far; a place that is not finite is ignored.
  case pointer(PointerPhase, at: Point, shift: Bool)
  /// A key was pressed, or repeats.
  case key(Key, shift: Bool)
  /// The canvas got or lost the keyboard.
  case focus(Bool)
}
