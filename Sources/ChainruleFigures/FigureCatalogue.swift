/// All figures, by name.
public enum FigureCatalogue {
  /// A new figure of that name, in UTF-8; `nil` if there is none.
  public static func make(named name: [UInt8]) -> (any Figure)? {
    if ("regression" as StaticString).isEqual(to: name) { return RegressionFigure() }
    if ("classification" as StaticString).isEqual(to: name) { return ClassificationFigure() }
    return nil
  }
}
