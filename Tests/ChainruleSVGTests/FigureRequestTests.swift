import ChainruleFigures
import ChainruleSVG
import Testing

/// Figures are in the requested state.
struct FigureRequestTests {
  private func figure(_ name: String, _ settings: String..., steps: Int = 0) throws -> any Figure {
    try FigureRequest(name: name, settings: settings, steps: steps).figure()
  }

  private func value(_ figure: any Figure, _ name: String) throws -> Float {
    figure.value(of: try #require(figure.parameter(named: Array(name.utf8))))
  }

  private func message(_ name: String, _ settings: String..., steps: Int = 0) -> String {
    do throws(FigureRequestError) {
      _ = try FigureRequest(name: name, settings: settings, steps: steps).figure()
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test func numbersWordsAndActions() throws {
    #expect(try value(figure("forward-pass", "input=-0.25"), "input") == -0.25)
    #expect(try value(figure("classification", "tool=open"), "tool") == 1)
    #expect(try value(figure("classification", "tool=2"), "tool") == 2)
    // A word has priority over a number, as in the page.
    #expect(try value(figure("learning-rate", "preset=1"), "learning-rate") == 1)
    for on in ["play", "play=on", "play=1"] { #expect(try value(figure("regression", on), "play") == 1) }
    #expect(try value(figure("regression", "play", "play=off"), "play") == 0)
    #expect(try value(figure("classification", "l2=0"), "l2") == 0)
  }

  @Test func settingsAreMadeInOrder() throws {
    #expect(try value(figure("regression", "renew", "renew"), "seed") == 3)
    #expect(try value(figure("regression", "renew", "seed=7"), "seed") == 7)
    #expect(try value(figure("regression", "seed=7", "renew"), "seed") == 8)
  }

  @Test func stepsAreTheFiguresOwnOrFrames() throws {
    let trained = try figure("classification", "seed=3", steps: 20)
    #expect(trained.steps == 20 && !trained.isRunning)
    let other = FigureCatalogue.make(named: Array("classification".utf8))!
    other.set(try #require(other.parameter(named: Array("seed".utf8))), to: 3)
    let step = try #require(other.parameter(named: Array("step".utf8)))
    for _ in 0..<20 { other.set(step, to: 1) }
    #expect(other.fingerprint == trained.fingerprint)
    // After a second a pulse is on its way, and the picture shows it.
    let still = try FigureRequest(name: "forward-pass").picture(width: 820)
    let moving = try FigureRequest(name: "forward-pass", steps: 60).picture(width: 820)
    #expect(XMLReader(moving).all("circle").count > XMLReader(still).all("circle").count)
  }

  @Test func mistakesSayWhatThereIs() {
    #expect(
      message("forward").hasPrefix("there is no figure “forward”; the figures are hero, "))
    #expect(
      message("learning-rate", "rate=1")
        == "the figure learning-rate has no parameter “rate”; it has play (off, on), step (an action), reset (an action), "
        + "preset (1, 0.9, 0.3, 0.05), learning-rate (0.01 to 1.2), start (-1.2 to 1.2)")
    for text in ["2", "nan", "inf", "", "one", "0.1.1"] {
      #expect(
        message("learning-rate", "learning-rate=\(text)") == "learning-rate can be 0.01 to 1.2; found “\(text)”")
    }
    #expect(
      message("learning-rate", "learning-rate") == "learning-rate needs a value: learning-rate=…, with 0.01 to 1.2")
    #expect(message("forward-pass", "hidden-1=2.5") == "hidden-1 can be 1 to 4, whole; found “2.5”")
    #expect(message("regression", "l2=0.000001") == "l2 can be 0, or 0.00001 to 0.1; found “0.000001”")
    #expect(message("regression", "seed=-1") == "seed can be 0 to 16000000, whole; found “-1”")
    #expect(message("regression", "tool=pen").hasPrefix("tool can be "))
    #expect(message("regression", "play=maybe") == "play can be off, on; found “maybe”")
    #expect(message("regression", "renew=2") == "renew is an action and takes no value, found “2”")
    #expect(message("regression", "=").contains("has no parameter “”"))
    #expect(
      message("linear-collapse", steps: 1)
        == "the figure linear-collapse doesn't move, so it can't take steps")
    #expect(message("relu", steps: -3) == "the number of steps must be 0 or more; found -3")
  }

  @Test("a picture has a width that figures support")
  func widths() throws {
    let request = try FigureRequest(name: "relu")
    for width in [.nan, .infinity, -.infinity, 0, -820, 239.9, 16_384.5, 3e38, .leastNonzeroMagnitude] as [Float] {
      let error = #expect(throws: FigureRequestError.self) { try request.picture(width: width) }
      #expect(error?.description == "a picture can be 240 to 16384 pixels wide; found \(width)")
    }
    for width in [240, 16_384] as [Float] {
      let document = XMLReader(try request.picture(width: width))
      #expect(document.problem == nil && document.elements.first?.attributes["width"] == "\(Int(width))")
    }
  }

  @Test(arguments: FigureCatalogue.entries.map(\.name.description))
  func everyParameterTakesWhatItHas(_ name: String) throws {
    let figure = try figure(name)
    for (index, parameter) in figure.parameters.enumerated() where parameter.kind != .action {
      #expect(parameter.takes(figure.value(of: index)), "\(parameter.name) is \(figure.value(of: index))")
      #expect(parameter.takes(parameter.minimum) && parameter.takes(parameter.maximum))
      #expect(!parameter.takes(parameter.minimum - 1) && !parameter.takes(parameter.maximum + 1))
      #expect(!parameter.takes(.nan) && !parameter.takes(.infinity))
    }
  }
}
