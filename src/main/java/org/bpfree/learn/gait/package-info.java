/**
 * Target propagation through exact inverses of the layers: GAIT-prop (Ahmad, van Gerven and Ambrogioni, <i>GAIT-prop: A biologically
 * plausible learning rule derived from backpropagation of error</i>, arXiv 2006.06438, 2020), its adaptive rescaling (Dalm, Ahmad,
 * Ambrogioni and van Gerven, <i>Scaling up learning with GAIT-prop</i>, arXiv 2102.11598v1, 2021, whose claim is of CIFAR-10; version 3,
 * 2023, is <i>Gradient-adjusted Incremental Target Propagation Provides Effective Credit Assignment in Deep Neural Networks</i> and claims
 * ImageNet), and the two rules it is compared with: incremental and plain target propagation.
 *
 * <p>A layer is {@code a = W x + b}, {@code y = f(a)} with {@code W} square, rows the outputs; the papers write {@code x W} with the
 * transposed matrix. Every unit {@code y} has a target {@code t}, and {@code e = m (y - t)} is its error. What the rules share:
 *
 * <pre>
 *   dW = (e * f')^T x                           update, summed over the batch
 *   y' = y - k (y - t)                          increment towards the target
 *   t of x = (f^-1(y') - b) W^-T                target of the layer below
 *   m of x = m / g                              compensates the size of the increment
 * </pre>
 *
 * <p>with {@code k = g f'^2} for GAIT-prop, {@code k = g} for incremental target propagation, and {@code k = g = 1} for plain target
 * propagation. {@code g} is gamma, or for adaptive increments {@code gamma sqrt(D) / |t - y|} for each sample, {@code D} the units of the
 * layer. With orthogonal {@code W}, small {@code g} and enough digits GAIT-prop is backpropagation.
 */
package org.bpfree.learn.gait;
