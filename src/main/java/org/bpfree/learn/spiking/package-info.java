/**
 * Networks of spiking neurons over discrete time, built from the layers of ordinary networks: every dense and convolutional layer
 * spikes. Two learners: the cortical microcircuit of Yang and Li (arXiv 2205.07292, 2022), whose errors travel through sign-concordant
 * feedback to apical compartments, and its baseline, backpropagation with surrogate derivatives.
 *
 * <p>Time is folded into the batch axis: tensors are {@code [steps * batch, ...]} with one block of the whole batch a step, so that
 * products and convolutions are one call for all steps, and a loop over time reads contiguous pieces of each block.
 */
package org.bpfree.learn.spiking;
