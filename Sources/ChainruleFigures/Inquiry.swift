/// What the reader asks a picture about.
///
/// A press or a key chooses a part of it, which stays chosen, as a finger cannot hover. A mouse points as it passes, and
/// comes first while it does.
struct Inquiry<Part: Equatable> {
  /// What was pressed, or chosen by the keys.
  private(set) var chosen: Part?
  private var hovered: Part?

  /// What is asked about now; `nil` for nothing.
  var part: Part? { hovered ?? chosen }

  init(_ chosen: Part? = nil) {
    self.chosen = chosen
  }

  /// Asks about a part, or no more.
  mutating func choose(_ part: Part?) {
    self = Inquiry(part)
  }

  /// Takes what a pointer does at a part of the picture, or at none.
  mutating func take(_ phase: PointerPhase, at part: Part?) {
    switch phase {
    case .down: choose(part)
    case .move: if part != nil { choose(part) }
    case .hover: hovered = part
    case .leave, .cancel: hovered = nil
    case .up: break
    }
  }
}
