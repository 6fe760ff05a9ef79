/// In which colours a picture is drawn.
public enum SVGTheme: String, CaseIterable, Sendable {
  /// Light, or dark where the reader's screen is; light on paper.
  case auto
  /// Light everywhere.
  case light
  /// Dark everywhere.
  case dark
}
