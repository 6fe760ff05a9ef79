import Foundation
import FromScratch
import Testing

/// Compares the hand-made functions with the system's.
@Suite struct ElementaryTests {
  @Test func expOverTheWholeRange() {
    var worst = 0.0
    var normal = 0
    for x in stride(from: -750.0, through: 715, by: 0.0007) + [0, -0.0, 1, -1, 1e-300, 0x1p-60, 709.782712893384] {
      let exact = Foundation.exp(x)
      let value = Elementary.exp(x)
      if exact.isFinite && exact.isNormal {
        worst = max(worst, abs(value - exact) / exact)
        normal += 1
      } else if value != exact {
        #expect(abs(value - exact) <= Double.leastNonzeroMagnitude, "exp(\(x))")
      }
    }
    #expect(normal > 2_000_000)
    #expect(worst <= 1e-15)
  }

  @Test func expAtTheEnds() {
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.exp(709.782712893384).isFinite)
    #expect(Elementary.exp(709.7827128933841) == .infinity)
    #expect(Elementary.exp(.greatestFiniteMagnitude) == .infinity)
    #expect(Elementary.exp(.infinity) == .infinity)
    #expect(Elementary.exp(-745.13) == .leastNonzeroMagnitude)
    #expect(Elementary.exp(-746) == 0)
    #expect(Elementary.exp(-.greatestFiniteMagnitude) == 0)
    #expect(Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(.nan).isNaN)
  }

  @Test func softplusOverTheWholeRange() {
    var worst = 0.0
    for z in stride(from: -700, through: 800, by: 0.003) + Array(stride(from: -3, through: 3, by: 0.00001)) {
      let exact = max(z, 0) + log1p(Foundation.exp(-abs(z)))
      worst = max(worst, abs(Elementary.softplus(z) - exact) / exact)
    }
    #expect(worst <= 1e-15)
  }

  @Test func softplusAtTheEnds() {
    #expect(abs(Elementary.softplus(0) - log(2)) <= log(2).ulp)
    #expect(Elementary.softplus(1000) == 1000)
    #expect(Elementary.softplus(-1000) == 0)
    #expect(Elementary.softplus(.greatestFiniteMagnitude) == .greatestFiniteMagnitude)
    #expect(Elementary.softplus(.infinity) == .infinity)
    #expect(Elementary.softplus(-.infinity) == 0)
    #expect(Elementary.softplus(.nan).isNaN)
  }
}
