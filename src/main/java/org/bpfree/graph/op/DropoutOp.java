package org.bpfree.graph.op;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** Silences values at random during training and divides the others by the probability of survival. */
public record DropoutOp(double rate) implements Op {
    private static final int CHUNK = 2048;

    @Override
    public String kind() {
        return "dropout";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        if (binding.mode() == Kernel.Mode.PREDICT) {
            return new ViewOp("identity", false).bind(binding);
        }
        Tensor mask = binding.arena()
                .batch(
                        "mask/" + binding.name(),
                        binding.batch(),
                        binding.output().shape().inner());
        Routine forward = Elementwise.multiply(binding.input(), mask, binding.output());
        double[] chunk = new double[CHUNK];
        return new Kernel() {
            @Override
            public void forward() {
                draw(mask, binding.noise().stream("dropout/" + binding.name()), chunk);
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : Elementwise.multiply(wiring.error(), mask, wiring.inputError());
            }
        };
    }

    private void draw(Tensor mask, RandomGenerator random, double[] chunk) {
        double kept = 1 / (1 - rate);
        for (int from = 0; from < mask.size(); from += CHUNK) {
            int count = Math.min(CHUNK, mask.size() - from);
            for (int i = 0; i < count; i++) {
                chunk[i] = random.nextDouble() < rate ? 0 : kept;
            }
            mask.write(from, chunk, 0, count);
        }
    }
}
