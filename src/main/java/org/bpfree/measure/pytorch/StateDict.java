package org.bpfree.measure.pytorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Parameters;
import org.bpfree.graph.op.BatchNormOp;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;

/**
 * A network's values as a state dict of PyTorch, and back, bit by bit. Keys are {@code NODE.NAME} with PyTorch's names ({@code weight},
 * {@code bias}, {@code running_mean}, {@code running_var}); convolutions are {@code [out, in, height, width]}; what reads a flattened map has
 * its inputs in the order of {@code nn.Flatten}.
 */
public final class StateDict {
    private static final String COUNT = "num_batches_tracked";
    private static final Map<String, String> NAMES = Map.of(
            "weights", "weight",
            "scale", "weight",
            "shift", "bias",
            "runningMean", "running_mean",
            "runningVariance", "running_var");

    /**
     * Where the elements of one parameter stand.
     *
     * @param shape in PyTorch
     * @param source for each element in PyTorch, which of this program's it is
     */
    private record Entry(Parameter parameter, int[] shape, int[] source) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> counters =
            new HashMap<>(); // what PyTorch's batch norm counts, by the key it follows

    private StateDict() {}

    /**
     * The state dict of a network.
     *
     * @throws Failure if a layer has no counterpart in PyTorch, naming it
     */
    public static StateDict of(Graph graph) {
        FeatureOrders orders = FeatureOrders.of(graph);
        StateDict dict = new StateDict();
        for (Node node : graph.nodes()) {
            for (Parameter parameter : node.parameters()) {
                dict.add(node, parameter, orders);
            }
            if (node.op() instanceof BatchNormOp) {
                Parameter last = node.parameters().get(node.parameters().size() - 1);
                dict.counters.put(key(last), module(last) + "." + COUNT);
            }
        }
        return dict;
    }

    private void add(Node node, Parameter parameter, FeatureOrders orders) {
        int[] shape = parameter.spec().shape().toArray();
        Entry entry = shape.length == 4
                ? kernels(parameter, shape)
                : new Entry(parameter, shape, columns(shape, orders.ofParameter(node, parameter)));
        Entry other = entries.putIfAbsent(key(parameter), entry);
        if (other != null && !other.parameter().equals(parameter)) {
            throw Failure.usage(
                    "the layers of " + parameter.key() + " and "
                            + other.parameter().key() + " have the same name in PyTorch, whose names have no points",
                    "Name one of them otherwise.");
        }
        if (other != null && !Arrays.equals(other.source(), entry.source())) {
            throw Failure.usage("the layer '" + node.name() + "' shares " + parameter.key()
                    + " with a layer whose inputs are flattened in another order; PyTorch has no counterpart");
        }
    }

    /** Points would be modules within modules. */
    private static String module(Parameter parameter) {
        return parameter.key().substring(0, parameter.key().lastIndexOf('/')).replace('.', '_');
    }

    private static String key(Parameter parameter) {
        String name = parameter.spec().name();
        return module(parameter) + "." + NAMES.getOrDefault(name, name);
    }

    private static Entry kernels(Parameter parameter, int[] shape) {
        int channels = shape[3];
        int pixels = shape[1] * shape[2];
        int[] source = new int[TorchArray.size(shape)];
        int[] perFilter = FeatureOrders.flattened(pixels, channels);
        for (int i = 0; i < source.length; i++) {
            int filter = i / perFilter.length;
            source[i] = filter * perFilter.length + perFilter[i % perFilter.length];
        }
        return new Entry(parameter, new int[] {shape[0], channels, shape[1], shape[2]}, source);
    }

    /** Each row with its columns in an order. */
    private static int[] columns(int[] shape, int[] order) {
        int[] source = new int[TorchArray.size(shape)];
        int width = shape[shape.length - 1];
        for (int i = 0; i < source.length; i++) {
            int column = i % width;
            source[i] = i - column + order[column];
        }
        return source;
    }

    /** The values in PyTorch's layouts. */
    public Map<String, TorchArray> arrays(Parameters parameters) {
        Map<String, TorchArray> arrays = new LinkedHashMap<>();
        ByteBuffer none = ByteBuffer.allocate(Long.BYTES);
        entries.forEach((key, entry) -> {
            arrays.put(key, array(entry, parameters.get(entry.parameter())));
            if (counters.containsKey(key)) {
                arrays.put(counters.get(key), new TorchArray(TorchArray.Type.LONG, new int[0], none.duplicate()));
            }
        });
        return arrays;
    }

    private static TorchArray array(Entry entry, Tensor value) {
        boolean single = value.precision() == Precision.FLOAT32;
        ByteBuffer from = value.bytes();
        ByteBuffer to = ByteBuffer.allocate(Math.toIntExact(value.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        for (int source : entry.source()) {
            if (single) {
                to.putInt(from.getInt(source * Float.BYTES));
            } else {
                to.putLong(from.getLong(source * Double.BYTES));
            }
        }
        return new TorchArray(
                single ? TorchArray.Type.FLOAT : TorchArray.Type.DOUBLE,
                entry.shape().clone(),
                to.flip());
    }

    /**
     * Arrays of a state dict in this program's layouts, by the keys of the parameters; what batch norm counts is left out.
     *
     * @param wrong told every array that does not fit, a sentence each
     */
    public Map<String, Tensor> tensors(Map<String, TorchArray> arrays, List<String> wrong) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        arrays.forEach((key, array) -> {
            Entry entry = entries.get(key);
            if (counters.containsValue(key)) {
                return;
            }
            if (entry == null) {
                wrong.add(key + " " + array.extents() + ": no such tensor");
            } else if (!Arrays.equals(entry.shape(), array.shape())) {
                wrong.add(key + " " + array.extents() + ": must be "
                        + new TorchArray(array.type(), entry.shape(), array.elements()).extents());
            } else if (array.type() == TorchArray.Type.LONG) {
                wrong.add(key + " " + array.extents() + ": holds whole numbers");
            } else {
                tensors.put(entry.parameter().key(), tensor(entry, array));
            }
        });
        return tensors;
    }

    /** The keys of all values. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    private static Tensor tensor(Entry entry, TorchArray array) {
        boolean single = array.type() == TorchArray.Type.FLOAT;
        Tensor tensor = Tensor.zeros(
                single ? Precision.FLOAT32 : Precision.FLOAT64,
                entry.parameter().spec().shape());
        ByteBuffer from = array.elements().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer to = tensor.bytes();
        for (int source : entry.source()) {
            if (single) {
                to.putInt(source * Float.BYTES, from.getInt());
            } else {
                to.putLong(source * Double.BYTES, from.getLong());
            }
        }
        return tensor;
    }
}
