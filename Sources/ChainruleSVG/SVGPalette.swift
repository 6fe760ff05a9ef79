import ChainruleFigures

/// The page's colours and font. `Web/site/styles.js` has them for the live figures; a test compares the two.
public enum SVGPalette {
  /// A role's colour on a light or a dark page, as `#rrggbb`.
  public static func color(_ role: Role, isDark: Bool) -> String {
    let colors = colors[Int(role.rawValue)]
    return isDark ? colors.dark : colors.light
  }

  /// The fonts, in order of preference.
  public static let font = #"system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif"#

  /// Every role, in order.
  static let roles = colors.indices.map { Role(rawValue: Int32($0))! }

  private static let colors: [(light: String, dark: String)] = [
    ("#ffffff", "#14181f"),  // background
    ("#f6f7f9", "#222a37"),  // surface
    ("#1c2330", "#e8ebf0"),  // ink
    ("#5d6675", "#a2abba"),  // muted
    ("#c3c9d3", "#465063"),  // axis
    ("#e3e6ec", "#2b3340"),  // grid
    ("#3b6fd4", "#7aa5ff"),  // accent
    ("#e07b00", "#ffa94d"),  // positive
    ("#2f6fdb", "#5c9dff"),  // negative
    ("#d9480f", "#ff8a4c"),  // curve
    ("#111827", "#ffffff"),  // focus
    ("#c92a2a", "#ff8787"),  // warning
    ("#0a70e0", "#3392ee"),  // series1
    ("#c25400", "#f79144"),  // series2
    ("#007e59", "#2fc99a"),  // series3
    ("#a3459a", "#e19cd9"),  // series4
    ("#6b4a00", "#f2d949"),  // series5
    ("#007f6b", "#22b598"),  // class1
    ("#8f2fb8", "#b98cff"),  // class2
    ("#b98a00", "#ffd84d"),  // class3
  ]
}
