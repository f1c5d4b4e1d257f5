package org.bpfree.tensor;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One ND4J operation bound to its inputs, outputs and arguments, on the thread that runs it. The context is filled once: with outputs
 * given and a context that is kept, a call allocates nothing.
 */
final class NativeOp implements Routine {
    private static final double[] NO_REALS = {};
    private static final long[] NO_INTEGERS = {};

    private final DynamicCustomOp op;
    private final OpContext context;

    private NativeOp(String name, Tensor[] inputs, Tensor[] outputs, double[] reals, long[] integers) {
        this(name, arrays(inputs), arrays(outputs), reals, integers);
    }

    private NativeOp(String name, INDArray[] inputs, INDArray[] outputs, double[] reals, long[] integers) {
        Backend.threads(); // starts it
        op = DynamicCustomOp.builder(name).build();
        context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(inputs);
        context.setOutputArrays(outputs);
        if (reals.length > 0) {
            context.setTArguments(reals);
        }
        if (integers.length > 0) {
            context.setIArguments(integers);
        }
    }

    static NativeOp of(String name, Tensor[] inputs, Tensor output) {
        return new NativeOp(name, inputs, new Tensor[] {output}, NO_REALS, NO_INTEGERS);
    }

    static NativeOp withReals(String name, Tensor[] inputs, Tensor output, double... reals) {
        return new NativeOp(name, inputs, new Tensor[] {output}, reals, NO_INTEGERS);
    }

    static NativeOp withIntegers(String name, Tensor[] inputs, Tensor[] outputs, long... integers) {
        return new NativeOp(name, inputs, outputs, NO_REALS, integers);
    }

    static NativeOp of(String name, Tensor[] inputs, Tensor[] outputs, double[] reals, long[] integers) {
        return new NativeOp(name, inputs, outputs, reals, integers);
    }

    /** An operation on views that are no tensors, such as those with strides. */
    static NativeOp onViews(String name, INDArray[] inputs, INDArray output, double[] reals, long[] integers) {
        return new NativeOp(name, inputs, new INDArray[] {output}, reals, integers);
    }

    private static INDArray[] arrays(Tensor[] tensors) {
        return Arrays.stream(tensors).map(Tensor::array).toArray(INDArray[]::new);
    }

    @Override
    public void run() {
        Backend.keepToThisThread();
        Nd4j.getExecutioner().exec(op, context);
    }
}
