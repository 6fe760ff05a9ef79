/// The colours of a picture.
public enum SVGTheme: String, CaseIterable, Sendable {
  /// As the reader's screen: light or dark. Light on paper.
  case auto
  /// Always light.
  case light
  /// Always dark.
  case dark
}
