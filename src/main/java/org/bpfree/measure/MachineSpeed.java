package org.bpfree.measure;

import org.bpfree.tensor.Convolution;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.tensor.Window;

/**
 * What this machine's kernels reach, in 10^9 floating-point operations a second: the best of several runs.
 *
 * @param productGflops product of two 1024 x 1024 matrices in float32; close to what the processors can do
 * @param convolutionGflops a 3x3 convolution of 64 maps of 32x32x32 to 64 channels
 */
public record MachineSpeed(double productGflops, double convolutionGflops) {
    private static final int SIZE = 1024;
    private static final int IMAGES = 64;
    private static final int PIXELS = 32;
    private static final int IN = 32;
    private static final int OUT = 64;
    private static final int KERNEL = 3;
    private static final int RUNS = 12;

    /** Measures for about half a second. */
    public static MachineSpeed measure() {
        return new MachineSpeed(productGflopsNow(), convolution());
    }

    /** Measures {@link #productGflops} alone. */
    public static double productGflopsNow() {
        Tensor a = Tensor.zeros(Precision.FLOAT32, Shape.of(SIZE, SIZE));
        Tensor b = Tensor.zeros(Precision.FLOAT32, Shape.of(SIZE, SIZE));
        Tensor output = Tensor.zeros(Precision.FLOAT32, Shape.of(SIZE, SIZE));
        a.fill(0.5);
        b.fill(0.5);
        return 2.0 * SIZE * SIZE * SIZE / bestNanos(MatrixProduct.of(a, b, output));
    }

    private static double convolution() {
        Tensor input = Tensor.zeros(Precision.FLOAT32, Shape.of(IMAGES, PIXELS, PIXELS, IN));
        Tensor weights = Tensor.zeros(Precision.FLOAT32, Shape.of(OUT, KERNEL, KERNEL, IN));
        Tensor output = Tensor.zeros(Precision.FLOAT32, Shape.of(IMAGES, PIXELS, PIXELS, OUT));
        input.fill(0.5);
        weights.fill(0.5);
        double operations = 2.0 * output.size() * KERNEL * KERNEL * IN;
        return operations / bestNanos(Convolution.forward(input, weights, null, output, new Window(KERNEL, 1, true)));
    }

    private static double bestNanos(Routine routine) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long begin = System.nanoTime();
            routine.run();
            best = Math.min(best, System.nanoTime() - begin);
        }
        return best;
    }
}
