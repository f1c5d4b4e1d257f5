/**
 * EKDAA, error-kernel driven activation alignment (Zee, Ororbia, Mali and Nwogu, <i>A Robust Backpropagation-Free Framework for
 * Images</i>, arXiv 2206.01820): learned error kernels carry targets to the layers below, and no derivative of an activation function is
 * taken. Max-pools, batch and layer normalization, products and attention, which are non-linear, too, pass displacements on by their
 * derivatives.
 */
package org.bpfree.learn.ekdaa;
