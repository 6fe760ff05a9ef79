/// All figures, by name.
public enum FigureCatalogue {
  /// A new figure of that name, in UTF-8; `nil` if there is none.
  public static func make(named name: [UInt8]) -> (any Figure)? {
    if ("forward-pass" as StaticString).isEqual(to: name) { return ForwardPassFigure() }
    if ("linear-collapse" as StaticString).isEqual(to: name) { return LinearCollapseFigure() }
    if ("relu" as StaticString).isEqual(to: name) { return ActivationFigure() }
    if ("relu-network" as StaticString).isEqual(to: name) { return ReLUNetworkFigure() }
    if ("learning-rate" as StaticString).isEqual(to: name) { return LearningRateFigure() }
    if ("regression" as StaticString).isEqual(to: name) { return RegressionFigure() }
    if ("classification" as StaticString).isEqual(to: name) { return ClassificationFigure() }
    return nil
  }
}
