package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Parameters;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.tensor.Tensor;

/**
 * First values from a NumPy archive, with arrays named as {@code trace} and {@code export} name them: {@code parameter/NODE/NAME} for the
 * network and {@code feedback/NODE/NAME} for the learner's own tensors. Tensors without an array keep their values, arrays under other names
 * are left alone, and so are feedback arrays when the learner has no tensors of its own.
 */
final class InitialWeights {
    private static final String PARAMETER = "parameter/";
    private static final String FEEDBACK = "feedback/";

    private final Path file;
    private final Map<String, Tensor> arrays;

    /** Reads an archive. */
    InitialWeights(Path file) {
        this.file = file;
        this.arrays = NumpyArchive.read(file, name -> name.startsWith(PARAMETER) || name.startsWith(FEEDBACK));
    }

    /**
     * Overwrites the values of a network.
     *
     * @throws Failure if a name is unknown, a shape differs, a value is not finite, or there is no value for the network at all
     */
    void load(Parameters parameters) {
        if (arrays.keySet().stream().noneMatch(name -> name.startsWith(PARAMETER))) {
            throw misfit(List.of("no array is named parameter/LAYER/NAME"), List.of());
        }
        copy(PARAMETER, named(parameters));
    }

    /**
     * Overwrites the learner's own tensors.
     *
     * @throws Failure if a name is unknown, a shape differs or a value is not finite
     */
    void load(Learner learner) {
        Map<String, Tensor> own = named(learner);
        if (!own.isEmpty()) {
            copy(FEEDBACK, own);
        }
    }

    private void copy(String prefix, Map<String, Tensor> targets) {
        List<String> wrong = new ArrayList<>();
        arrays.forEach((name, array) -> {
            Tensor target = targets.get(name);
            if (!name.startsWith(prefix)) {
                return;
            }
            if (target == null) {
                wrong.add(name + " " + array.shape() + ": no such tensor");
            } else if (!target.shape().equals(array.shape())) {
                wrong.add(name + " " + array.shape() + ": must be " + target.shape());
            } else if (!array.isFinite()) {
                wrong.add(name + " " + array.shape() + ": holds NaN or infinity");
            } else {
                target.write(array.toDoubles());
            }
        });
        if (!wrong.isEmpty()) {
            throw misfit(wrong, List.copyOf(targets.keySet()));
        }
    }

    private Failure misfit(List<String> wrong, List<String> known) {
        String message = "the weights in " + file + " do not fit the network:\n  " + String.join("\n  ", wrong);
        return known.isEmpty() ? Failure.usage(message) : Failure.usage(message, "It has: " + String.join(", ", known));
    }

    /** The values of a network under the names of archives. */
    static Map<String, Tensor> named(Parameters parameters) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        parameters.asMap().forEach((parameter, value) -> named.put(PARAMETER + parameter.key(), value));
        return named;
    }

    /** The learner's own tensors under the names of archives. */
    static Map<String, Tensor> named(Learner learner) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        learner.trained().stream().filter(Trained::feedback).forEach(each -> named.put(each.name(), each.value()));
        named.putAll(learner.state());
        return named;
    }
}
