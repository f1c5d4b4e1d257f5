package org.bpfree.tensor;

/** Scaling by the largest element. */
public final class LargestElement {
    private LargestElement() {}

    /** Divides a tensor by its largest element when that exceeds {@code limit}, then multiplies it by {@code factor}. */
    public static Routine limit(Tensor tensor, double limit, double factor) {
        double[] elements = new double[tensor.size()];
        return () -> {
            tensor.read(0, elements, 0, elements.length);
            double largest = Double.NEGATIVE_INFINITY;
            for (double element : elements) {
                largest = Math.max(largest, element);
            }
            double scale = largest > limit ? factor / largest : factor;
            for (int i = 0; i < elements.length; i++) {
                elements[i] *= scale;
            }
            tensor.write(0, elements, 0, elements.length);
        };
    }
}
