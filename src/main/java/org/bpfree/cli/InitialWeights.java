package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.tensor.Tensor;

/** Given first values: arrays of a NumPy archive named as {@code trace} and {@code export} name them. */
final class InitialWeights {
    private InitialWeights() {}

    /**
     * Overwrites the tensors that the archive names, {@code parameter/NODE/NAME} or {@code feedback/NODE/NAME}; others keep their values.
     *
     * @throws Failure if a name is unknown, a shape differs, or nothing fits
     */
    static void load(Path file, Workbench bench) {
        Map<String, Tensor> targets = bench.namedTensors();
        List<String> wrong = new ArrayList<>();
        int copied = 0;
        for (Map.Entry<String, Tensor> array : NumpyArchive.read(file).entrySet()) {
            Tensor target = targets.get(array.getKey());
            boolean concerns =
                    array.getKey().startsWith("parameter/") || array.getKey().startsWith("feedback/");
            if (target == null || !target.shape().equals(array.getValue().shape())) {
                if (concerns) {
                    wrong.add(array.getKey() + " " + array.getValue().shape()
                            + (target == null ? ": no such tensor" : ": must be " + target.shape()));
                }
                continue;
            }
            target.write(array.getValue().toDoubles());
            copied++;
        }
        if (!wrong.isEmpty() || copied == 0) {
            throw Failure.usage(
                    "the weights in " + file + " do not fit the network:\n  "
                            + (wrong.isEmpty() ? "no array is named parameter/LAYER/NAME" : String.join("\n  ", wrong)),
                    "The network has: " + String.join(", ", targets.keySet()));
        }
    }
}
