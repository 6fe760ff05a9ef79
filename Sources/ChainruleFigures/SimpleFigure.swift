/// A figure whose state is its parameters and little else: it keeps their values, and tells the subclass what was changed or
/// asked for.
public class SimpleFigure: BaseFigure {
  private var values: [Float]

  init(_ parameters: [(parameter: Parameter, value: Float)]) {
    values = parameters.map { $0.value }
    super.init(parameters.map { $0.parameter })
  }

  /// The value of a parameter; 0 for an action, and where there is no parameter.
  @inline(never)
  public final override func value(of parameter: Int) -> Float {
    parameter >= 0 && parameter < values.count ? values[parameter] : 0
  }

  final override func change(_ parameter: Int, to value: Float) {
    if parameters[parameter].kind == .action {
      act(parameter)
    } else {
      keep(value, for: parameter)
      changed(parameter)
    }
  }

  /// Keeps a value without telling anybody.
  @inline(never)
  final func keep(_ value: Float, for parameter: Int) { values[parameter] = value }

  /// A parameter has another value.
  func changed(_ parameter: Int) {}

  /// An action was asked for.
  func act(_ parameter: Int) {}
}
