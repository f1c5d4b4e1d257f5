package org.bpfree.graph.op;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Activation;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;

/** Elementwise non-linearity. */
public record ActivationOp(ActivationFunction function) implements Op {
    @Override
    public String kind() {
        return function.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Optional<ActivationFunction> pointwise() {
        return Optional.of(function);
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Routine forward = Activation.forward(function, binding.input(), binding.output());
        return new Kernel() {
            @Override
            public void forward() {
                forward.run();
            }

            @Override
            public Routine backward(Wiring wiring) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : Activation.backward(
                                function, binding.input(), binding.output(), wiring.error(), wiring.inputError());
            }

            @Override
            public Routine displaced(Wiring wiring) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : Activation.differenceAfter(
                                wiring.error(), function, binding.input(), binding.output(), wiring.inputError());
            }

            @Override
            public Routine chord(Wiring wiring, Chord chord) {
                return wiring.inputError() == null
                        ? Routine.NOTHING
                        : Activation.chord(
                                function,
                                binding.input(),
                                wiring.error(),
                                new Activation.Ends(chord.above(), chord.below(), chord.shareAbove()),
                                chord.mean(),
                                wiring.inputError());
            }
        };
    }
}
