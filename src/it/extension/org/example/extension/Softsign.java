package org.example.extension;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.model.LayerKind;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * A layer with its op: {@code y = a x / (1 + |a x|)} for every number by itself. Announced in
 * {@code META-INF/services/org.bpfree.settings.Extension}.
 */
public final class Softsign implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(Layer.class);
    }

    /**
     * One entry of {@code model.layers} beside what all layers have in common.
     *
     * @param steepness the slope at zero
     */
    @TypeName("softsign")
    @Doc("a x / (1 + |a x|) of every number by itself.")
    public record Layer(
            @Doc("The slope a at zero.") @Default("1") @Range(min = 0, aboveMin = true)
            double steepness)
            implements LayerKind {
        @Override
        public Op op() {
            return new Elementwise(steepness);
        }
    }

    private record Elementwise(double a) implements Op {
        @Override
        public String kind() {
            return "softsign";
        }

        @Override
        public Shape outputShape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public Kernel bind(Kernel.Binding binding) {
            Tensor input = binding.input();
            Tensor output = binding.output();
            double[] values = new double[input.size()];
            return new Kernel() {
                @Override
                public void forward() {
                    input.read(0, values, 0, values.length);
                    for (int i = 0; i < values.length; i++) {
                        values[i] = a * values[i] / (1 + Math.abs(a * values[i]));
                    }
                    output.write(values);
                }

                @Override
                public Routine backward(Wiring wiring) {
                    Tensor below = wiring.inputError();
                    if (below == null) {
                        return Routine.NOTHING;
                    }
                    double[] errors = new double[values.length];
                    return () -> {
                        output.read(0, values, 0, values.length);
                        wiring.error().read(0, errors, 0, errors.length);
                        for (int i = 0; i < errors.length; i++) {
                            double toOne = 1 - Math.abs(values[i]);
                            errors[i] *= a * toOne * toOne;
                        }
                        below.write(errors);
                    };
                }
            };
        }
    }
}
