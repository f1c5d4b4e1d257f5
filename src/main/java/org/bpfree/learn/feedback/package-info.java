/**
 * The feedback-alignment family: on the way down, errors cross something else than the weights.
 *
 * <p>With {@code h(0) = x}, {@code z(l) = W(l) h(l-1) + b(l)}, {@code h(l) = phi(z(l))} and {@code e} the error of the output, every
 * learner has the local updates {@code dW(l) = delta(l) h(l-1)^T} and differs only in the hidden errors:
 *
 * <pre>
 *   backprop                delta(l) = W(l+1)^T delta(l+1) * phi'(z(l))
 *   fa                      delta(l) = B(l+1)^T delta(l+1) * phi'(z(l)), B random and fixed
 *   usf, brsf, frsf         the same with B = M * sign(W): M constant, drawn for each batch, drawn once
 *   kolen-pollack           the same with a B that gets the updates and the decay of W
 *   weight-mirror           the same with a B that is correlated out of noise sent through W
 *   dfa, sdfa, drtp         delta(l) = D(l)^T s * phi'(z(l)), s = e, sign(e), one-hot label
 * </pre>
 *
 * <p>All other operations (activations, pools, batch-norm, residual adds) pass errors on by their own derivative, as in all released
 * implementations. {@code e} is that of single images, not divided by their number; the optimizer divides.
 */
package org.bpfree.learn.feedback;
