/**
 * EKDAA, error-kernel driven activation alignment (Zee, Ororbia, Mali and Nwogu, <i>A Robust Backpropagation-Free Framework for
 * Images</i>, arXiv 2206.01820): learned error kernels carry targets to the layers below, and no derivative of a non-linearity is
 * taken.
 */
package org.bpfree.learn.ekdaa;
