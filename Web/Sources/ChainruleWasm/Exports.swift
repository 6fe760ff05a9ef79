// What JavaScript can call: each function hands on to a figure and holds no logic of its own.
//
// A figure is known by its handle. Text travels through the exchange buffer, in UTF-8; a drawing is read from the display
// list, whose format `DisplayList` describes.

import ChainruleFigures
import WasmAllocator

/// Everything the page has open. JavaScript calls from one thread.
private struct Session {
  var figures: [(any Figure)?] = []
  var exchange: [UInt8] = []
  let display = DisplayList()

  func figure(_ handle: Int32) -> any Figure {
    guard handle >= 0, Int(handle) < figures.count, let figure = figures[Int(handle)] else {
      preconditionFailure("there is no such figure")
    }
    return figure
  }

  /// The first bytes of the exchange buffer.
  func text(_ length: Int32) -> [UInt8] { Array(exchange.prefix(Int(length))) }

  /// Puts text where JavaScript reads it, and returns its length.
  mutating func hand(_ text: [UInt8]) -> Int32 {
    exchange = text
    return Int32(text.count)
  }
}

nonisolated(unsafe) private var session = Session()

// The same exports make three modules.
#if OPENING
  private let entries = FigureCatalogue.opening
#elseif LEARNING
  private let entries = FigureCatalogue.learning
#else
  private let entries = FigureCatalogue.computing
#endif

/// Makes room for text from JavaScript, or tells where text for it lies.
@_expose(wasm, "exchange") @_cdecl("exchange")
public func exchange(_ capacity: Int32) -> UnsafeMutablePointer<UInt8>? {
  while session.exchange.count < Int(capacity) { session.exchange.append(0) }
  return session.exchange.withUnsafeMutableBufferPointer { $0.baseAddress }
}

/// Makes the figure whose name is in the exchange buffer; −1 if there is none of that name.
@_expose(wasm, "figure_create") @_cdecl("figure_create")
public func figureCreate(_ nameLength: Int32) -> Int32 {
  guard let figure = FigureCatalogue.make(named: session.text(nameLength), among: entries) else { return -1 }
  for (handle, place) in session.figures.enumerated() where place == nil {
    session.figures[handle] = figure
    return Int32(handle)
  }
  session.figures.append(figure)
  return Int32(session.figures.count - 1)
}

/// Gives up a figure; its handle may be used again.
@_expose(wasm, "figure_destroy") @_cdecl("figure_destroy")
public func figureDestroy(_ handle: Int32) {
  session.figures[Int(handle)] = nil
}

// MARK: Parameters

/// How many parameters a figure has.
@_expose(wasm, "figure_parameter_count") @_cdecl("figure_parameter_count")
public func figureParameterCount(_ handle: Int32) -> Int32 { Int32(session.figure(handle).parameters.count) }

/// A parameter's kind, as `Parameter.Kind`.
@_expose(wasm, "figure_parameter_kind") @_cdecl("figure_parameter_kind")
public func figureParameterKind(_ handle: Int32, _ index: Int32) -> Int32 {
  session.figure(handle).parameters[Int(index)].kind.rawValue
}

/// A parameter's value (0), minimum (1), maximum (2) or step (3).
@_expose(wasm, "figure_parameter_number") @_cdecl("figure_parameter_number")
public func figureParameterNumber(_ handle: Int32, _ index: Int32, _ which: Int32) -> Float {
  let figure = session.figure(handle)
  let parameter = figure.parameters[Int(index)]
  switch which {
  case 0: return figure.value(of: Int(index))
  case 1: return parameter.minimum
  case 2: return parameter.maximum
  default: return parameter.step
  }
}

/// Puts a parameter's name (0), label (1) or choices (2) into the exchange buffer and returns the length.
@_expose(wasm, "figure_parameter_text") @_cdecl("figure_parameter_text")
public func figureParameterText(_ handle: Int32, _ index: Int32, _ which: Int32) -> Int32 {
  let parameter = session.figure(handle).parameters[Int(index)]
  let text = which == 0 ? parameter.name : which == 1 ? parameter.label : parameter.choices
  return session.hand(text.withUTF8Buffer { Array($0) })
}

/// Sets a parameter.
@_expose(wasm, "figure_set_parameter") @_cdecl("figure_set_parameter")
public func figureSetParameter(_ handle: Int32, _ index: Int32, _ value: Float) {
  session.figure(handle).set(Int(index), to: value)
}

/// Whether a parameter means anything now.
@_expose(wasm, "figure_is_available") @_cdecl("figure_is_available")
public func figureIsAvailable(_ handle: Int32, _ index: Int32) -> Bool {
  session.figure(handle).isAvailable(Int(index))
}

// MARK: Time and events

/// Whether a figure needs frames.
@_expose(wasm, "figure_is_running") @_cdecl("figure_is_running")
public func figureIsRunning(_ handle: Int32) -> Bool { session.figure(handle).isRunning }

/// Lets time pass.
@_expose(wasm, "figure_advance") @_cdecl("figure_advance")
public func figureAdvance(_ handle: Int32, _ seconds: Float) { session.figure(handle).advance(by: seconds) }

/// Hands on what the pointer does; returns whether the figure made use of it.
@_expose(wasm, "figure_pointer") @_cdecl("figure_pointer")
public func figurePointer(_ handle: Int32, _ phase: Int32, _ x: Float, _ y: Float, _ shift: Bool) -> Bool {
  guard let phase = PointerPhase(rawValue: phase) else { return false }
  return session.figure(handle).handle(.pointer(phase, at: Point(x, y), shift: shift))
}

/// Hands on a key; returns whether the figure made use of it.
@_expose(wasm, "figure_key") @_cdecl("figure_key")
public func figureKey(_ handle: Int32, _ code: Int32, _ shift: Bool) -> Bool {
  session.figure(handle).handle(.key(Key(code: code), shift: shift))
}

/// Says whether the canvas has the keyboard.
@_expose(wasm, "figure_focus") @_cdecl("figure_focus")
public func figureFocus(_ handle: Int32, _ on: Bool) { session.figure(handle).handle(.focus(on)) }

// MARK: Drawing

/// The height that suits a width, in CSS pixels.
@_expose(wasm, "figure_preferred_height") @_cdecl("figure_preferred_height")
public func figurePreferredHeight(_ handle: Int32, _ width: Float) -> Float {
  session.figure(handle).preferredHeight(forWidth: width)
}

/// Draws a figure into the display list.
@_expose(wasm, "figure_draw") @_cdecl("figure_draw")
public func figureDraw(_ handle: Int32, _ width: Float, _ height: Float) {
  session.display.begin(size: Size(width, height))
  session.figure(handle).draw(on: session.display)
}

/// Where the display list's numbers lie.
@_expose(wasm, "display_floats") @_cdecl("display_floats")
public func displayFloats() -> UnsafePointer<Float>? {
  session.display.floats.withUnsafeBufferPointer { $0.baseAddress }
}

/// How many numbers the display list has.
@_expose(wasm, "display_float_count") @_cdecl("display_float_count")
public func displayFloatCount() -> Int32 { Int32(session.display.floats.count) }

/// Where the display list's bytes lie.
@_expose(wasm, "display_bytes") @_cdecl("display_bytes")
public func displayBytes() -> UnsafePointer<UInt8>? {
  session.display.bytes.withUnsafeBufferPointer { $0.baseAddress }
}

/// How many bytes the display list has.
@_expose(wasm, "display_byte_count") @_cdecl("display_byte_count")
public func displayByteCount() -> Int32 { Int32(session.display.bytes.count) }

// MARK: Words and numbers

/// Puts a figure's description into the exchange buffer and returns the length.
@_expose(wasm, "figure_describe") @_cdecl("figure_describe")
public func figureDescribe(_ handle: Int32) -> Int32 {
  var text: [UInt8] = []
  session.figure(handle).describe(into: &text)
  return session.hand(text)
}

/// Puts what a figure's keys do into the exchange buffer and returns the length.
@_expose(wasm, "figure_keys") @_cdecl("figure_keys")
public func figureKeys(_ handle: Int32) -> Int32 {
  session.hand(session.figure(handle).keys.withUTF8Buffer { Array($0) })
}

/// Puts the names of a figure's goals into the exchange buffer, with `|` after each, and returns the length.
@_expose(wasm, "figure_goals") @_cdecl("figure_goals")
public func figureGoals(_ handle: Int32) -> Int32 {
  var names: [UInt8] = []
  for goal in session.figure(handle).goals {
    goal.name.withUTF8Buffer { names += $0 }
    names.append(UInt8(ascii: "|"))
  }
  return session.hand(names)
}

/// Which goals a figure's state meets: the first is the lowest bit.
@_expose(wasm, "figure_reached_goals") @_cdecl("figure_reached_goals")
public func figureReachedGoals(_ handle: Int32) -> Int32 {
  let figure = session.figure(handle)
  var reached: Int32 = 0
  for goal in figure.goals.indices where figure.isReached(goal) { reached |= 1 << Int32(goal) }
  return reached
}

/// How many steps a figure has trained.
@_expose(wasm, "figure_steps") @_cdecl("figure_steps")
public func figureSteps(_ handle: Int32) -> Int32 { Int32(session.figure(handle).steps) }

/// The loss over a figure's samples.
@_expose(wasm, "figure_loss") @_cdecl("figure_loss")
public func figureLoss(_ handle: Int32) -> Float { session.figure(handle).loss }

/// The loss of the batch that a figure's latest step learned from.
@_expose(wasm, "figure_batch_loss") @_cdecl("figure_batch_loss")
public func figureBatchLoss(_ handle: Int32) -> Float { session.figure(handle).batchLoss }

/// Which stage of a step a figure shows.
@_expose(wasm, "figure_stage") @_cdecl("figure_stage")
public func figureStage(_ handle: Int32) -> Int32 { Int32(session.figure(handle).stage) }

/// The fingerprint of a figure's network.
@_expose(wasm, "figure_fingerprint") @_cdecl("figure_fingerprint")
public func figureFingerprint(_ handle: Int32) -> UInt64 { session.figure(handle).fingerprint }
