package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.GroupNormalization;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;

/**
 * Standardizes groups of channels (last axis) of each sample over all positions, then scales and shifts each channel (Wu and He, <i>Group
 * Normalization</i>, arXiv 1803.08494). Training and prediction are the same.
 *
 * @param groups equal parts of the channels, neighbours together
 * @param epsilon added to the variance
 */
public record GroupNormOp(int groups, double epsilon) implements Op {
    @Override
    public String kind() {
        return "group-norm";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = inputs.get(0);
        int channels = input.extent(-1);
        if (channels % groups != 0) {
            throw new InvalidSetting(
                    "groups",
                    groups + " groups do not divide the " + channels + " channels of the input " + input
                            + ". Use a divisor of " + channels + ".");
        }
        if (input.size() == groups) {
            throw new InvalidSetting(
                    "groups",
                    groups + " groups of the input " + input
                            + " have one number each, and standardizing one number over itself leaves nothing of it."
                            + " Use fewer groups.");
        }
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
        int channels = inputs.get(0).extent(-1);
        return List.of(
                ParameterSpec.vector("scale", channels, Role.SCALE, Initializer.ONES),
                ParameterSpec.vector("shift", channels, Role.BIAS, Initializer.ZEROS));
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        GroupNormalization normalization = new GroupNormalization(
                binding.input(),
                binding.parameters().get(0),
                binding.parameters().get(1),
                binding.output(),
                groups,
                epsilon);
        Routine forward = normalization.forward();
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return normalization.backward(
                        wiring.error(),
                        wiring.feedback().get(0),
                        wiring.inputError(),
                        wiring.gradients()[0],
                        wiring.gradients()[1]);
            }
        };
    }
}
