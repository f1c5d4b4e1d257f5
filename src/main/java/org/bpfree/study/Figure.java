package org.bpfree.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bpfree.binding.Nearest;
import org.bpfree.binding.Setting;
import org.bpfree.run.RunRecord;
import org.bpfree.run.RunResult;

/**
 * A figure of a run by its name: one of the result, such as {@code test-accuracy}, or one of {@code metrics.jsonl} at its last line. In a name
 * of the latter kind a star stands for any text, such as the layer in {@code alignment/*}{@code /updateAngle}.
 *
 * @param name as a study file gives it
 */
public record Figure(String name) {
    /** The figure by which learners are compared unless somebody says otherwise. */
    public static final Figure TEST_ACCURACY = new Figure("test-accuracy");

    /** What results have; called as settings are. */
    private enum OfResult {
        TEST_ACCURACY(result -> result.test().accuracy()),
        TEST_LOSS(result -> result.test().loss()),
        VALIDATION_ACCURACY(result -> result.validation().accuracy()),
        VALIDATION_LOSS(result -> result.validation().loss()),
        TRAIN_ACCURACY(result -> result.train().accuracy()),
        TRAIN_LOSS(result -> result.train().loss()),
        UPDATE_ANGLE(result -> result.updateAngle().degrees()),
        SECONDS(result -> result.cost().seconds()),
        IMAGES_PER_SECOND(result -> result.cost().imagesPerSecond()),
        SCRATCH_BYTES_PER_IMAGE(result -> result.cost().scratchBytesPerImage());

        private final Function<RunResult, Number> value;

        OfResult(Function<RunResult, Number> value) {
            this.value = value;
        }

        static List<String> names() {
            return Arrays.stream(values()).map(Setting::nameOf).toList();
        }
    }

    /** Why a name can be no figure; nothing where it is a figure of results, or may be one of metrics. */
    static Optional<String> problem(String name) {
        return OfResult.names().contains(name) || name.contains("/")
                ? Optional.empty()
                : Optional.of("'" + name + "' is unknown, expected one of " + String.join(", ", OfResult.names())
                        + ", or a name in metrics.jsonl such as alignment/conv1/weights/updateAngle, with a star for any"
                        + " layer." + Nearest.question(name, OfResult.names()));
    }

    /** Whether it is a share, which people read in percent. */
    public boolean isShare() {
        return name.endsWith("-accuracy");
    }

    /**
     * Its value in a run; nothing where it was not measured, or is not meaningful for one of the layers that match.
     *
     * @param largest whether the largest of those that match counts, else the smallest
     */
    public OptionalDouble of(RunRecord run, boolean largest) {
        Optional<OfResult> known = Arrays.stream(OfResult.values())
                .filter(each -> Setting.nameOf(each).equals(name))
                .findFirst();
        if (known.isPresent()) {
            Number value = run.result().map(known.get().value).orElse(null);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
        }
        Map<String, Double> last = last(run);
        if (last.values().stream().anyMatch(each -> each.isNaN())) {
            return OptionalDouble.empty();
        }
        return last.values().stream().mapToDouble(Double::doubleValue).reduce(largest ? Math::max : Math::min);
    }

    /** The values of all names that match, each from the last line that has it. */
    private Map<String, Double> last(RunRecord run) {
        Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.+\\Q"));
        Map<String, Double> last = new LinkedHashMap<>();
        for (JsonNode moment : run.moments()) {
            moment.fieldNames().forEachRemaining(field -> {
                if (pattern.matcher(field).matches()) {
                    last.put(field, Double.parseDouble(moment.get(field).asText()));
                }
            });
        }
        return last;
    }
}
