package org.bpfree.measure;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a training step costs.
 *
 * @param step its time and memory
 * @param gflops operations of a step of backpropagation by the definition of its layers, whatever the learner, in 10^9 a second
 * @param peakGflops what a product of large matrices reaches right after it
 * @param besideBackprop its time in steps of backpropagation, where that was asked for
 */
public record StepCost(
        StepBenchmark.Result step, double gflops, double peakGflops, Optional<StepBenchmark.Ratio> besideBackprop) {
    private static final int WARM_UP = 5;
    private static final double OPERATIONS_PER_MULTIPLY_ADD = 2;

    /**
     * Measures for about so many seconds, as many again beside backpropagation.
     *
     * @param backprop the same network with backpropagation, if it is to be compared with
     * @param multiplyAdds of a step of backpropagation, an image
     */
    public static StepCost measure(
            Supplier<StepBenchmark> learner,
            Optional<Supplier<StepBenchmark>> backprop,
            long multiplyAdds,
            double seconds) {
        StepBenchmark.Result step;
        Optional<StepBenchmark.Ratio> ratio;
        try (StepBenchmark benchmark = learner.get()) {
            step = benchmark.run(WARM_UP, seconds);
            ratio = backprop.map(other -> ratio(benchmark, other, seconds));
        }
        double gflops = multiplyAdds * OPERATIONS_PER_MULTIPLY_ADD * step.imagesPerSecond() * 1e-9;
        return new StepCost(step, gflops, MachineSpeed.productGflopsNow(), ratio);
    }

    private static StepBenchmark.Ratio ratio(
            StepBenchmark benchmark, Supplier<StepBenchmark> backprop, double seconds) {
        try (StepBenchmark other = backprop.get()) {
            other.warmUp(WARM_UP, seconds);
            return benchmark.inTurnWith(other, seconds);
        }
    }

    /** The operations as a share of the peak. */
    public double percentOfPeak() {
        return 100 * gflops / peakGflops;
    }
}
