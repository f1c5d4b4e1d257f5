package org.bpfree.tensor;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/**
 * One convolution layer's three computations on {@link OneDnn}, for one batch size, by the direct algorithm: for all that
 * {@link WinogradConvolution} does not speed up.
 */
final class OneDnnConvolution implements ConvolutionPlan {
    /** From here on the weight gradient is faster on blocked maps by more than their conversion costs. */
    private static final int BLOCKED_FROM_CHANNELS = 128;

    /** Channels that fill the widest vectors. */
    private static final int WHOLE_VECTORS = 16;

    private final OneDnn library;
    private final memory.desc input;
    private final memory.desc output;
    private final memory.desc weights;
    private final memory.desc anyWeights;
    private final memory.desc bias;
    private final OneDnnWindow windows;
    private final convolution_forward.primitive_desc plan;

    /**
     * Plans a layer.
     *
     * @param input shape {@code [batch, height, width, in]}
     * @param output shape {@code [batch, height', width', out]}
     */
    OneDnnConvolution(OneDnn library, Shape input, Shape output, Window window, boolean hasBias) {
        this.library = library;
        windows = new OneDnnWindow(input, output, window);
        int out = output.extent(3);
        long[] kernel = {out, input.extent(3), window.size(), window.size()};
        this.input = windows.inputLayout();
        this.output = windows.outputLayout();
        weights = OneDnn.layout(memory.format_tag.ohwi, kernel);
        anyWeights = OneDnn.layout(memory.format_tag.any, kernel);
        bias = hasBias ? OneDnn.layout(memory.format_tag.x, out) : new memory.desc();
        plan = new convolution_forward.primitive_desc(
                new convolution_forward.desc(
                        prop_kind.forward_training,
                        algorithm.convolution_direct,
                        this.input,
                        anyWeights,
                        bias,
                        this.output,
                        windows.strides(),
                        windows.before(),
                        windows.after()),
                OneDnn.ownScratch(),
                library.processor(),
                false);
    }

    /**
     * Whether oneDNN can be trusted with these shapes. Its weight gradient for 1x1 kernels with a stride writes beyond its buffers (release
     * 2.5.2, AVX2) when a vector of channels is not whole.
     */
    static boolean fits(Shape input, Shape output, Window window) {
        boolean skips = window.size() == 1 && window.stride() > 1;
        return !skips || (input.extent(3) % WHOLE_VECTORS == 0 && output.extent(3) % WHOLE_VECTORS == 0);
    }

    @Override
    public Routine forward(Tensor maps, Tensor kernels, Tensor biases, Tensor result) {
        OneDnn.Calls calls = library.new Calls();
        IntMemoryMap map = new IntMemoryMap();
        map.put(DNNL_ARG_SRC, calls.of(maps, input));
        map.put(DNNL_ARG_WEIGHTS, calls.read(kernels, weights, plan.weights_desc()));
        if (biases != null) {
            map.put(DNNL_ARG_BIAS, calls.of(biases, bias));
        }
        map.put(DNNL_ARG_DST, calls.of(result, output));
        calls.add(new convolution_forward(plan), map, plan.scratchpad_desc());
        return calls;
    }

    @Override
    public Routine inputError(Tensor feedback, Tensor error, Tensor inputError) {
        convolution_backward_data.primitive_desc down = new convolution_backward_data.primitive_desc(
                new convolution_backward_data.desc(
                        algorithm.convolution_direct,
                        input,
                        anyWeights,
                        output,
                        windows.strides(),
                        windows.before(),
                        windows.after()),
                OneDnn.ownScratch(),
                library.processor(),
                plan,
                false);
        OneDnn.Calls calls = library.new Calls();
        IntMemoryMap map = new IntMemoryMap();
        map.put(DNNL_ARG_WEIGHTS, calls.read(feedback, weights, down.weights_desc()));
        map.put(DNNL_ARG_DIFF_DST, calls.of(error, output));
        map.put(DNNL_ARG_DIFF_SRC, calls.of(inputError, input));
        calls.add(new convolution_backward_data(down), map, down.scratchpad_desc());
        return calls;
    }

    @Override
    public Routine gradient(Tensor maps, Tensor error, Tensor weightGradient, Tensor biasGradient) {
        boolean blocked = windows.input().extent(3) >= BLOCKED_FROM_CHANNELS;
        memory.desc source = blocked ? anyLayout(windows.input()) : input;
        memory.desc target = blocked ? anyLayout(windows.output()) : output;
        convolution_backward_weights.primitive_desc update = new convolution_backward_weights.primitive_desc(
                new convolution_backward_weights.desc(
                        algorithm.convolution_direct,
                        source,
                        anyWeights,
                        bias,
                        target,
                        windows.strides(),
                        windows.before(),
                        windows.after()),
                OneDnn.ownScratch(),
                library.processor(),
                plan,
                false);
        OneDnn.Calls calls = library.new Calls();
        IntMemoryMap map = new IntMemoryMap();
        map.put(DNNL_ARG_SRC, calls.read(maps, input, update.src_desc()));
        map.put(DNNL_ARG_DIFF_DST, calls.read(error, output, update.diff_dst_desc()));
        if (biasGradient != null) {
            map.put(DNNL_ARG_DIFF_BIAS, calls.of(biasGradient, bias));
        }
        memory result = calls.of(weightGradient, weights);
        boolean direct = weights.equals(update.diff_weights_desc());
        memory computed = direct ? result : new memory(update.diff_weights_desc(), library.processor());
        map.put(DNNL_ARG_DIFF_WEIGHTS, computed);
        calls.add(new convolution_backward_weights(update), map, update.scratchpad_desc());
        if (!direct) {
            calls.convert(computed, result);
        }
        return calls;
    }

    private static memory.desc anyLayout(Shape maps) {
        return OneDnn.layout(memory.format_tag.any, OneDnnWindow.channelsSecond(maps));
    }
}
