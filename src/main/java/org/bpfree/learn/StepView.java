package org.bpfree.learn;

import java.util.List;
import java.util.Map;

/**
 * One learning step beside backpropagation on the same weights and batch, with everything copied: what promises are measured on.
 * Arrays are in row-major order.
 *
 * @param step number of the step, from 0
 * @param layers the parameters of the network in the order of the layers
 * @param own the tensors that the learner trains for itself
 * @param outputLayer key of the weights of the last layer with weights; empty when layers below share them
 * @param labels label of each image
 * @param errors the error that reached the output of each node, {@code [batch, ...]}, by node name
 * @param state the tensors of {@link Learner#state}, by name
 */
public record StepView(
        int step,
        List<Layer> layers,
        List<Own> own,
        String outputLayer,
        int[] labels,
        Map<String, double[]> errors,
        Map<String, double[]> state) {
    /**
     * One tensor that the learner trains for itself, in this step.
     *
     * @param name of {@link Trained}
     * @param value before the step
     * @param update what the learner says
     */
    public record Own(String name, double[] value, double[] update) {}

    /**
     * One parameter of the network in this step.
     *
     * @param key {@code node/name}
     * @param value before the step
     * @param update what the learner says, null when it does not train the parameter
     * @param gradient what backpropagation says, NaN when the reference leaves the parameter out
     * @param feedback what stood in for it in the path of the error, null when nothing did
     */
    public record Layer(String key, double[] value, double[] update, double[] gradient, double[] feedback) {}
}
