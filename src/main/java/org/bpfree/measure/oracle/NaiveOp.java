package org.bpfree.measure.oracle;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.bpfree.graph.Op;

/** The formula of an op, in plain loops over arrays in row-major order, {@code [samples, ...]}. */
public interface NaiveOp {
    /** Computes {@link NodeRun#output}. */
    void forward(NodeRun run);

    /** Adds what the error of the output gives to the errors of the inputs and the gradients of the parameters. */
    void backward(NodeRun run, Flow flow);

    /** As {@link #backward}, for a displacement of the output in the place of an error. */
    default void displaced(NodeRun run, Flow flow) {
        backward(run, flow);
    }

    /**
     * What flows through a node on the way down.
     *
     * @param standIns what stands for each parameter in the path of the error
     * @param error of the output, read
     * @param inputErrors added to; null entries are not wanted
     * @param gradients added to; null entries are not wanted
     */
    record Flow(double[][] standIns, double[] error, double[][] inputErrors, double[][] gradients) {}

    /** The formula of an op, of those that are known here or that a {@link NaiveFamily} knows; or nothing. */
    static Optional<NaiveOp> of(Op op) {
        List<Function<Op, NaiveOp>> families = List.of(
                NaiveConvolution::of,
                NaiveDense::of,
                NaiveActivation::of,
                NaivePool::of,
                NaiveNormalization::of,
                NaiveJoin::of,
                NaiveAttention::of,
                NaiveRearrangement::of,
                NaiveDropout::of);
        return families.stream()
                .map(family -> Optional.ofNullable(family.apply(op)))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> ServiceLoader.load(NaiveFamily.class).stream()
                        .map(family -> family.get().formula(op))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
