#if !hasFeature(Embedded)
  extension String {
    /// The text in one line, for a message: characters that would break the line or control a terminal become blanks.
    ///
    /// Names, cells and metadata come from files, which can contain line breaks and escape sequences.
    package var oneLine: String {
      let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: " "
        // U+200D joins emoji. Other format characters hide text or change its direction.
        case .format where scalar != "\u{200D}": " "
        default: scalar
        }
      }
      return String(String.UnicodeScalarView(scalars))
    }
  }
#endif
