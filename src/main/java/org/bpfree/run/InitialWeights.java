package org.bpfree.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Parameters;
import org.bpfree.learn.Learner;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.measure.Trace;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;
import org.bpfree.train.Snapshot;

/**
 * First values from a NumPy archive, with arrays named as {@code trace} and {@code export} name them: {@code parameter/NODE/NAME} for the
 * network and {@code learner/NAME} for the learner's own tensors. Tensors without an array keep their values. What else a trace holds,
 * such as what stood in for weights in its step, is no value to start from and is left alone ({@link #note}); arrays of any other name are
 * refused.
 */
public final class InitialWeights {
    private final Path file;
    private final Map<String, Tensor> arrays;
    private final Set<String> leftAlone = new TreeSet<>();

    /**
     * Reads an archive.
     *
     * @throws Failure if it cannot be read or holds an array under a name that neither {@code trace} nor {@code export} gives
     */
    public InitialWeights(Path file) {
        this.file = file;
        List<String> foreign = new ArrayList<>();
        for (String name : NumpyArchive.names(file)) {
            if (isFromStep(name)) {
                leftAlone.add(group(name));
            } else if (!isValue(name)) {
                foreign.add(name);
            }
        }
        if (!foreign.isEmpty()) {
            throw Failure.usage(
                    "no tensor is named " + String.join(", ", foreign) + " (in " + file + ")",
                    "Values of the network are named parameter/LAYER/NAME, the learner's own learner/NAME;"
                            + " bpfree export and bpfree trace write all names.");
        }
        this.arrays = NumpyArchive.read(file, InitialWeights::isValue);
    }

    private static boolean isValue(String name) {
        return name.startsWith(Snapshot.PARAMETER) || name.startsWith(Snapshot.LEARNER);
    }

    private static boolean isFromStep(String name) {
        return Trace.GROUPS_OF_STEP.contains(group(name));
    }

    /** The first part of a name, with a star for the rest. */
    private static String group(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash + 1) + "*";
    }

    /**
     * Overwrites the values of a network.
     *
     * @throws Failure if a name is unknown, a shape differs, a value is not finite, or there is no value for the network at all
     */
    public void load(Parameters parameters) {
        Map<String, Tensor> targets = new LinkedHashMap<>();
        parameters.asMap().forEach((parameter, value) -> targets.put(Snapshot.PARAMETER + parameter.key(), value));
        if (arrays.keySet().stream().noneMatch(name -> name.startsWith(Snapshot.PARAMETER))) {
            throw misfit(List.of("no array is named parameter/LAYER/NAME"), List.of());
        }
        copy(Snapshot.PARAMETER, targets);
    }

    /**
     * Overwrites the learner's own tensors.
     *
     * @throws Failure if a name is unknown, a shape differs or a value is not finite; or if the archive has no tensor of a learner but tells
     *     what stood in for weights, which looks as if it were one
     */
    public void load(Learner learner, Parameters parameters) {
        Map<String, Tensor> own = Snapshot.ofArchive(parameters, learner);
        own.keySet().removeIf(name -> !name.startsWith(Snapshot.LEARNER));
        boolean stored = arrays.keySet().stream().anyMatch(name -> name.startsWith(Snapshot.LEARNER));
        if (own.isEmpty()) {
            if (stored) {
                leftAlone.add(Snapshot.LEARNER + "*");
            }
            return;
        }
        if (!stored && leftAlone.contains(Trace.FEEDBACK + "*")) {
            throw Failure.usage(
                    file + " has arrays feedback/*, which tell what stood in for weights in one step, but none of the"
                            + " learner's own tensors, which are named " + String.join(", ", own.keySet()),
                    "Write the archive anew with bpfree trace or bpfree export, or leave feedback/* out of it to draw these"
                            + " tensors.");
        }
        copy(Snapshot.LEARNER, own);
    }

    /** What of the archive no value was taken from, in one sentence; empty when all of it was used. */
    public Optional<String> note() {
        return leftAlone.isEmpty()
                ? Optional.empty()
                : Optional.of("Of " + file + ", no values were taken from " + String.join(", ", leftAlone)
                        + ": these tell of one step, or of another learner.");
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
            } else if (isTooLarge(array, target)) {
                wrong.add(name + " " + array.shape() + ": holds numbers beyond float32, whose largest is "
                        + Float.MAX_VALUE);
            } else {
                target.write(array.toDoubles());
            }
        });
        if (!wrong.isEmpty()) {
            throw misfit(wrong, List.copyOf(targets.keySet()));
        }
    }

    /** Whether a finite number would become infinite. */
    private static boolean isTooLarge(Tensor array, Tensor target) {
        return target.precision() == Precision.FLOAT32
                && Arrays.stream(array.toDoubles()).anyMatch(value -> Float.isInfinite((float) value));
    }

    private Failure misfit(List<String> wrong, List<String> known) {
        String message = "the weights in " + file + " do not fit the network:\n  " + String.join("\n  ", wrong);
        return known.isEmpty() ? Failure.usage(message) : Failure.usage(message, "It has: " + String.join(", ", known));
    }
}
