package org.bpfree.learn;

import java.util.List;

/**
 * One learning step beside backpropagation on the same weights and batch, with everything copied: what promises are measured on.
 * Arrays are in row-major order.
 *
 * @param step number of the step, from 0
 * @param layers the parameters of the network in the order of the layers
 * @param outputLayer key of the weights of the last layer with weights; empty when layers below share them
 */
public record StepView(int step, List<Layer> layers, String outputLayer) {
    /**
     * One parameter of the network in this step.
     *
     * @param key {@code node/name}
     * @param value before the step
     * @param update what the learner says, null when it does not train the parameter
     * @param gradient what backpropagation says
     * @param feedback what stood in for it in the path of the error, null when nothing did
     */
    public record Layer(String key, double[] value, double[] update, double[] gradient, double[] feedback) {}
}
