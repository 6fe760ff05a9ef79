/// A sample that the reader can see and move: a place in the plot, and which kind it is (a class).
public struct Sample: Equatable, Sendable {
  /// Where it stands, in data coordinates.
  public var place: Point
  /// Which kind it is; 0 where there is only one.
  public var kind: Int

  /// Creates a sample.
  public init(_ place: Point, kind: Int = 0) {
    self.place = place
    self.kind = kind
  }
}

/// Adding, moving and removing samples in a plot, by pointer and by keyboard. The last tool is the eraser; the others
/// add samples, each of its kind.
struct PointEditor {
  private(set) var samples: [Sample]
  let kinds: Int
  var tool = 0

  /// Where the keyboard acts, once it was used.
  private(set) var crosshair: Point?
  /// The sample under the pointer, or held.
  private(set) var highlighted: Int?
  /// Whether the held sample is outside the plot, and will be removed when let go.
  private(set) var isLettingGo = false
  /// Counts up with every change of the samples.
  private(set) var changes = 0

  private var original: [Sample]
  private var held: (index: Int, from: Sample, byKeyboard: Bool)?
  private var pressed: Point?
  /// Where going from sample to sample continues after one was removed: the sample that took its place.
  private var vacancy = 0
  private var isFocused = false

  /// How far from a sample's centre, in CSS pixels, a pointer still means it: a fingertip's radius.
  private static let reach: Float = 16
  /// How far a pointer may slip between press and release, and how far outside the plot a sample is let go.
  private static let slip: Float = 8
  private static let letGo: Float = 18

  init(samples: [Sample], kinds: Int) {
    self.samples = samples
    self.kinds = kinds
    original = samples
  }

  var isErasing: Bool { tool == kinds }
  var isHolding: Bool { held != nil }
  /// Whether the cross-hair is to be drawn.
  var showsCrosshair: Bool { isFocused && crosshair != nil }

  mutating func replaceSamples(_ new: [Sample]) {
    samples = new
    held = nil
    highlighted = nil
    isLettingGo = false
    vacancy = 0
    changes += 1
  }

  mutating func restore() { replaceSamples(original) }

  /// Gives the editor other samples, which it will restore from now on.
  mutating func begin(with new: [Sample]) {
    original = new
    restore()
  }

  // MARK: Pointer

  mutating func pointer(_ phase: PointerPhase, at place: Point, shift: Bool, in plot: Plot) -> Bool {
    switch phase {
    case .down:
      putBack()
      crosshair = nil
      pressed = nil
      guard plot.frame.contains(place, margin: PointEditor.slip) else { return false }
      if let hit = sample(at: place, in: plot) {
        if shift || isErasing {
          remove(hit)
        } else {
          held = (hit, samples[hit], false)
          highlighted = hit
        }
        return true
      }
      pressed = place
      return false
    case .move:
      if let held, !held.byKeyboard {
        samples[held.index].place = plot.clamped(plot.data(at: place))
        changes += 1
        isLettingGo = isOutside(place, plot)
        return true
      }
      if let start = pressed, start.squaredDistance(to: place) > PointEditor.slip * PointEditor.slip { pressed = nil }
      return false
    case .up:
      if let held, !held.byKeyboard {
        self.held = nil
        isLettingGo = false
        if isOutside(place, plot) { remove(held.index) }
        return true
      }
      guard let start = pressed else { return false }
      pressed = nil
      if isErasing || !plot.frame.contains(start) { return false }
      add(at: plot.data(at: start))
      highlighted = samples.count - 1
      return true
    case .cancel:
      pressed = nil
      putBack()
      return false
    case .hover:
      if held == nil { highlighted = sample(at: place, in: plot) }
      return false
    case .leave:
      if held == nil { highlighted = nil }
      return false
    }
  }

  /// The nearest sample within reach of a place on the canvas.
  private func sample(at place: Point, in plot: Plot) -> Int? {
    var nearest: Int?
    var distance = PointEditor.reach * PointEditor.reach
    for (index, sample) in samples.enumerated() {
      let d = plot.place(sample.place).squaredDistance(to: place)
      if d <= distance {
        distance = d
        nearest = index
      }
    }
    return nearest
  }

  private func isOutside(_ place: Point, _ plot: Plot) -> Bool {
    !plot.frame.contains(place, margin: PointEditor.letGo)
  }

  // MARK: Keyboard

  mutating func focus(_ on: Bool) {
    isFocused = on
    if !on { putBack() }
  }

  mutating func key(_ key: Key, shift: Bool, in plot: Plot) -> Bool {
    let steps: Float = shift ? 10 : 50
    switch key {
    case .left: move(by: Point(-plot.x.length / steps, 0), in: plot)
    case .right: move(by: Point(plot.x.length / steps, 0), in: plot)
    case .up: move(by: Point(0, plot.y.length / steps), in: plot)
    case .down: move(by: Point(0, -plot.y.length / steps), in: plot)
    case .next, .character("."): jump(by: 1)
    case .previous, .character(","): jump(by: -1)
    case .enter: act(in: plot)
    case .delete:
      guard let index = underCrosshair(in: plot) else { return false }
      held = nil
      remove(index)
    case .escape:
      guard held != nil else { return false }
      putBack()
    case .character("t"): tool = (tool + 1) % (kinds + 1)
    default: return false
    }
    return true
  }

  /// The sample that the keyboard would act on.
  func underCrosshair(in plot: Plot) -> Int? {
    if let held { return held.index }
    return crosshair.flatMap { sample(at: plot.place($0), in: plot) }
  }

  private mutating func move(by step: Point, in plot: Plot) {
    let start = crosshair ?? Point((plot.x.low + plot.x.high) / 2, (plot.y.low + plot.y.high) / 2)
    let end = crosshair == nil ? start : plot.clamped(Point(start.x + step.x, start.y + step.y))
    crosshair = end
    if let held {
      samples[held.index].place = end
      changes += 1
    }
    highlighted = underCrosshair(in: plot)
  }

  private mutating func jump(by step: Int) {
    if samples.isEmpty { return }
    putBack()
    let count = samples.count
    // Coming from a sample, or from between the one that took a removed one's place and the one before it.
    let from = highlighted ?? (step > 0 ? vacancy - 1 : vacancy)
    let index = (from + step + count) % count
    highlighted = index
    crosshair = samples[index].place
  }

  private mutating func act(in plot: Plot) {
    if held != nil {
      held = nil
    } else if let index = underCrosshair(in: plot) {
      if isErasing {
        remove(index)
      } else {
        held = (index, samples[index], true)
        crosshair = samples[index].place
        highlighted = index
      }
    } else if !isErasing {
      add(at: crosshair ?? Point((plot.x.low + plot.x.high) / 2, (plot.y.low + plot.y.high) / 2))
      crosshair = samples[samples.count - 1].place
      highlighted = samples.count - 1
    }
  }

  // MARK: Changes

  private mutating func add(at place: Point) {
    samples.append(Sample(place, kind: tool))
    changes += 1
  }

  private mutating func remove(_ index: Int) {
    samples.remove(at: index)
    highlighted = nil
    vacancy = index
    changes += 1
  }

  /// Puts a held sample back where it was taken from.
  private mutating func putBack() {
    guard let held else { return }
    samples[held.index] = held.from
    self.held = nil
    isLettingGo = false
    changes += 1
  }
}
