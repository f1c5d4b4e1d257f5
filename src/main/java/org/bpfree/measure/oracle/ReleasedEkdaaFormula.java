package org.bpfree.measure.oracle;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;
import org.bpfree.tensor.Shape;

/**
 * EKDAA as its authors' code has it (github.com/tzee/EKDAA-Release, head 9d02211; ekdaa.md): error kernels of convolutions with their spatial
 * axes exchanged; pools that hand down a target enlarged twofold, {@code D = h - enlarged(pooled - D)}; displacements and updates of
 * convolutions divided by their largest element above 1, the updates also by the product of the channel numbers; and, unless the forward
 * pass is the ordinary one, non-linearities that nothing reads but the rule: {@code e = phi(h) - phi(h - D)} below a displacement of
 * {@code h}, and {@code phi(h)} as the factor of the update above.
 */
final class ReleasedEkdaaFormula extends SweepFormula {
    private final EkdaaSettings settings;

    ReleasedEkdaaFormula(EkdaaSettings settings, Setting setting) {
        super(setting);
        this.settings = settings;
    }

    @Override
    void addOwn(PublishedStep step, NaivePass pass, double[] outputError, Map<String, double[]> updates) {
        EkdaaFormula.addErrorKernels(setting, settings, updates);
    }

    /** The non-linearity of a convolution that nothing on the way to the output reads. */
    private Optional<Node> unread(Node convolution) {
        return setting.graph().consumers(convolution).stream()
                .filter(reader -> reader.op() instanceof ActivationOp
                        && reader != setting.graph().output()
                        && setting.graph().consumers(reader).isEmpty())
                .findFirst();
    }

    @Override
    NaiveSweep.Rule rule(PublishedStep step, NaivePass network, double[] outputError) {
        return new NaiveSweep.Rule() {
            @Override
            public double[] standIn(NaivePass pass, Parameter parameter) {
                double[] kernel = step.own().get("feedback/" + parameter.key());
                return kernel == null
                        ? pass.parameter(parameter)
                        : exchanged(kernel, parameter.spec().shape());
            }

            @Override
            public void backward(NaivePass pass, Node node, Flow flow) {
                if (node.op() instanceof PoolOp && flow.inputErrors()[0] != null) {
                    handDownTarget(pass, node, flow);
                    return;
                }
                Optional<Node> own = unread(node);
                if (own.isPresent()) {
                    double[] respond = new double[flow.error().length];
                    pass.op(own.get())
                            .displaced(
                                    pass.run(own.get()),
                                    new Flow(new double[0][], flow.error(), new double[][] {respond}, new double[0][]));
                    System.arraycopy(respond, 0, flow.error(), 0, respond.length);
                }
                descend(pass, node, flow);
            }
        };
    }

    private void descend(NaivePass pass, Node node, Flow flow) {
        boolean convolution = node.op() instanceof ConvOp;
        Optional<Node> below = convolution ? unread(node.inputs().get(0)) : Optional.empty();
        NodeRun run = pass.run(node);
        double[] read = run.inputs.length == 0 ? null : run.inputs[0];
        double[][] noErrors = new double[flow.inputErrors().length][];
        double[][] noGradients = new double[flow.gradients().length][];
        below.ifPresent(activation -> run.inputs[0] = pass.output(activation));
        pass.op(node).displaced(run, new Flow(flow.standIns(), flow.error(), noErrors, flow.gradients()));
        if (below.isPresent()) {
            run.inputs[0] = read;
        }
        pass.op(node).displaced(run, new Flow(flow.standIns(), flow.error(), flow.inputErrors(), noGradients));
        if (convolution) {
            Shape weights = node.parameters().get(0).spec().shape();
            limit(flow.gradients()[0], 1, 1.0 / weights.extent(0) / weights.extent(3));
        }
        if (!node.parameters().isEmpty() && flow.inputErrors()[0] != null) {
            limit(flow.inputErrors()[0], convolution ? 1 : Double.POSITIVE_INFINITY, settings.beta());
        }
    }

    /** Divides by the largest element where it exceeds the limit, and multiplies. */
    private static void limit(double[] tensor, double limit, double factor) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double element : tensor) {
            largest = Math.max(largest, element);
        }
        double[] scaled = EkdaaFormula.scaled(tensor, largest > limit ? factor / largest : factor);
        System.arraycopy(scaled, 0, tensor, 0, tensor.length);
    }

    private void handDownTarget(NaivePass pass, Node pool, Flow flow) {
        Node input = pool.inputs().get(0);
        Node below = input.op() instanceof ActivationOp ? input.inputs().get(0) : input;
        EkdaaSettings.Reading target = settings.poolTarget().orElse(EkdaaSettings.Reading.PRE_ACTIVATION);
        double[] h = pass.output(below);
        double[] small = target == EkdaaSettings.Reading.ACTIVATION || below == input
                ? pass.output(pool).clone()
                : pooled(h, below.shape(), pass.samples);
        for (int i = 0; i < small.length; i++) {
            small[i] -= flow.error()[i];
        }
        for (int i = 0; i < h.length; i++) {
            flow.inputErrors()[0][i] += h[i] - enlarged(small, below.shape(), i);
        }
    }

    /** The largest of each window of 2x2. */
    private static double[] pooled(double[] h, Shape in, int samples) {
        int width = in.extent(1) / 2;
        int channels = in.extent(2);
        double[] pooled = new double[samples * in.extent(0) / 2 * width * channels];
        Arrays.fill(pooled, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < h.length; i++) {
            int column = i / channels % in.extent(1);
            int row = i / channels / in.extent(1); // of all samples together, whose heights are even
            int at = (row / 2 * width + column / 2) * channels + i % channels;
            pooled[at] = Math.max(pooled[at], h[i]);
        }
        return pooled;
    }

    /** One number of a map enlarged twofold: three quarters of the pixel it lies in and a quarter of the nearer neighbour, along each axis. */
    private static double enlarged(double[] small, Shape large, int i) {
        int height = large.extent(0) / 2;
        int width = large.extent(1) / 2;
        int channels = large.extent(2);
        int column = i / channels % large.extent(1);
        int row = i / channels / large.extent(1) % large.extent(0);
        int sample = i / channels / large.extent(1) / large.extent(0);
        double sum = 0;
        for (int dy = 0; dy < 2; dy++) {
            for (int dx = 0; dx < 2; dx++) {
                int y = Math.max(0, Math.min(height - 1, row / 2 + dy * (row % 2 == 0 ? -1 : 1)));
                int x = Math.max(0, Math.min(width - 1, column / 2 + dx * (column % 2 == 0 ? -1 : 1)));
                double share = (dy == 0 ? 0.75 : 0.25) * (dx == 0 ? 0.75 : 0.25);
                sum += share * small[((sample * height + y) * width + x) * channels + i % channels];
            }
        }
        return sum;
    }

    /** A kernel with height and width exchanged; a matrix as it is. */
    private static double[] exchanged(double[] kernel, Shape shape) {
        if (shape.rank() != 4) {
            return kernel;
        }
        int size = shape.extent(1);
        int channels = shape.extent(3);
        double[] exchanged = new double[kernel.length];
        for (int i = 0; i < kernel.length; i++) {
            int x = i / channels % size;
            int y = i / channels / size % size;
            int filter = i / channels / size / size;
            exchanged[((filter * size + x) * size + y) * channels + i % channels] = kernel[i];
        }
        return exchanged;
    }
}
