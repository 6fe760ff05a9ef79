import ArgumentParser
import ChainruleSVG

/// The colours of a picture, by name.
enum ThemeName: String, ExpressibleByArgument, CaseIterable {
  case auto, light, dark

  var theme: SVGTheme {
    switch self {
    case .auto: .auto
    case .light: .light
    case .dark: .dark
    }
  }
}
