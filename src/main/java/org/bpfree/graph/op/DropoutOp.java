package org.bpfree.graph.op;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.settings.Doc;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Silences values at random during training and divides the others by the probability of survival. Where a sample comes several times
 * ({@link Kernel.Binding#repeats}), the same of its values are silent each time.
 *
 * @param rate probability that a value is silenced
 * @param together what is silenced together
 */
public record DropoutOp(double rate, Together together) implements Op {
    private static final int CHUNK = 2048;

    /** What is silenced together. */
    public enum Together {
        @Doc("Nothing: each value alone.")
        VALUES,
        @Doc("Each row of each channel of a map.")
        ROWS,
        @Doc("Each channel of a map.")
        CHANNELS
    }

    @Override
    public String kind() {
        return "dropout";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return together == Together.VALUES ? inputs.get(0) : Maps.requireMap(inputs.get(0), "together");
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public boolean silencesAtRandom() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        if (binding.mode() == Kernel.Mode.PREDICT) {
            return new ViewOp("identity", false).bind(binding);
        }
        int samples = binding.batch() / binding.repeats();
        Tensor mask = binding.arena()
                .batch(
                        "mask/" + binding.name(),
                        samples,
                        binding.output().shape().inner());
        Routine forward = multiply(binding.input(), mask, binding.output());
        double[] chunk = new double[together == Together.VALUES ? CHUNK : blockSize(mask.shape())];
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
                        : multiply(wiring.error(), mask, wiring.inputError());
            }
        };
    }

    /** {@code output = input * mask}, for each repeat of the samples. */
    private static Routine multiply(Tensor input, Tensor mask, Tensor output) {
        int samples = mask.shape().extent(0);
        Routine all = Routine.NOTHING;
        for (int from = 0; from < input.shape().extent(0); from += samples) {
            all = all.then(Elementwise.multiply(input.slice(from, samples), mask, output.slice(from, samples)));
        }
        return all;
    }

    /** Values of a row, or of a map, over all channels. */
    private int blockSize(Shape mask) {
        int row = mask.extent(2) * mask.extent(3);
        return together == Together.ROWS ? row : mask.extent(1) * row;
    }

    private void draw(Tensor mask, RandomGenerator random, double[] chunk) {
        double kept = 1 / (1 - rate);
        // Within a chunk only the first draws count where values share their fate: one a channel.
        int drawn = together == Together.VALUES ? chunk.length : mask.shape().extent(-1);
        for (int from = 0; from < mask.size(); from += chunk.length) {
            int count = Math.min(chunk.length, mask.size() - from);
            for (int i = 0; i < count; i++) {
                chunk[i] = i < drawn ? random.nextDouble() < rate ? 0 : kept : chunk[i - drawn];
            }
            mask.write(from, chunk, 0, count);
        }
    }
}
