package org.bpfree.learn.dtp;

import org.bpfree.tensor.Tensor;

/**
 * The trained part of the inverse of a stage.
 *
 * @param stage what it inverts
 * @param place of the stage among those with an inverse, from 0
 * @param weights {@code B}, in the layout of the layer's weights: where errors of backpropagation go through {@code W}, changes of targets go
 *     through {@code B}
 * @param update of the weights, written; null where they do not learn
 * @param bias {@code c}, a number for each feature of the stage's input; null where there is none
 * @param biasUpdate of the bias, written
 */
record Inverse(Stage stage, int place, Tensor weights, Tensor update, Tensor bias, Tensor biasUpdate) {}
