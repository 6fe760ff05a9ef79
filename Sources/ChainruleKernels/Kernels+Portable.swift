extension Kernels {
  /// SIMD forms over four lanes that give the same bits on every machine, natively and in WebAssembly.
  ///
  /// Sums run in a fixed order: a product adds its terms one by one, as the reference does; a dot product adds them in
  /// four lanes and then the lanes. So a sample's result does not depend on the batch it came in.
  public static let portable: Kernels = {
    var kernels = Kernels.reference
    kernels.affine = PortableProduct.affine
    kernels.weightGradient = PortableProduct.weightGradient
    kernels.inputGradient = PortableProduct.inputGradient
    kernels.relu = PortableActivation.relu
    kernels.reluGradient = PortableActivation.reluGradient
    kernels.leakyReLU = PortableActivation.leakyReLU
    kernels.leakyReLUGradient = PortableActivation.leakyReLUGradient
    kernels.elu = PortableActivation.elu
    kernels.eluGradient = PortableActivation.eluGradient
    kernels.selu = PortableActivation.selu
    kernels.seluGradient = PortableActivation.seluGradient
    kernels.gelu = PortableActivation.gelu
    kernels.geluGradient = PortableActivation.geluGradient
    kernels.geluTanh = PortableActivation.geluTanh
    kernels.geluTanhGradient = PortableActivation.geluTanhGradient
    kernels.silu = PortableActivation.silu
    kernels.siluGradient = PortableActivation.siluGradient
    kernels.softplus = PortableActivation.softplus
    kernels.softplusGradient = PortableActivation.softplusGradient
    kernels.softsign = PortableActivation.softsign
    kernels.softsignGradient = PortableActivation.softsignGradient
    kernels.hardSigmoid = PortableActivation.hardSigmoid
    kernels.hardSigmoidGradient = PortableActivation.hardSigmoidGradient
    kernels.sigmoid = PortableActivation.sigmoid
    kernels.sigmoidGradient = PortableActivation.sigmoidGradient
    kernels.tanh = PortableActivation.tanh
    kernels.tanhGradient = PortableActivation.tanhGradient
    return kernels
  }()
}

extension UnsafePointer<Float> {
  /// The four values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> SIMD4<Float> {
    UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Float>.self)
  }
}

extension UnsafeMutablePointer<Float> {
  /// The four values from `index` on, at any alignment.
  @inline(__always)
  func vector(at index: Int) -> SIMD4<Float> {
    UnsafeRawPointer(self + index).loadUnaligned(as: SIMD4<Float>.self)
  }

  /// Writes four values from `index` on, at any alignment.
  @inline(__always)
  func store(_ vector: SIMD4<Float>, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: SIMD4<Float>.self)
  }
}
