package org.bpfree.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.binding.AnyValue;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.Shorthand;
import org.bpfree.sweep.Axis;

/**
 * How the settings of each arm are chosen. Runs that tune hold validation images out and never open the test files.
 *
 * @param settings values to try in every arm, by path
 * @param arms values to try in one arm, by arm and path; they replace those of the same path for all arms
 * @param search which combinations are tried
 * @param set values of these runs by path
 * @param seeds of each combination
 * @param metric by which combinations are compared
 */
public record TuneSettings(
        @Doc(
                "Values to try in every arm, by the path of their setting: a list, or a range such as {log: [1.0e-4, 1.0, 9]}.")
        @Default("{}")
        Map<String, Axis> settings,

        @Doc("Values to try in one arm, by arm and path.") @Default("{}")
        Map<String, Map<String, Axis>> arms,

        @Doc("Which combinations are tried: 'grid', {random: 30} or {halving: {rungs: [1, 3, 9], keep: 0.34}}.")
        @Default("grid")
        Search search,

        @Doc("Values of the runs that tune, by the path of their setting, such as fewer epochs.") @Default("{}")
        Map<String, AnyValue> set,

        @Doc("Seeds of each combination, better others than those of the final runs.")
        List<Long> seeds,

        @Doc("By what combinations are compared: the mean over the seeds after the last epoch.")
        @Default("validation-accuracy")
        Metric metric) {

    /** Checks what can be told without the arms. */
    public TuneSettings {
        StudySettings.requireSeeds(seeds);
        StudySettings.forbid("settings", settings.keySet());
        arms.forEach((arm, axes) -> StudySettings.forbid("arms." + arm, axes.keySet()));
        StudySettings.forbid("set", set.keySet());
        if (settings.isEmpty() && arms.values().stream().allMatch(Map::isEmpty)) {
            throw new InvalidSetting("", "names nothing to try. Give 'settings' or 'arms', or leave 'tune' out.");
        }
    }

    /** A figure of the validation images. */
    public enum Metric {
        @Doc("Share of the validation images classified correctly; larger is better.")
        VALIDATION_ACCURACY,
        @Doc("Mean loss over the validation images; smaller is better.")
        VALIDATION_LOSS
    }

    /**
     * Which combinations are tried.
     *
     * @param all {@code grid} for every combination
     * @param random how many combinations are drawn for each arm, the same number whatever it tunes
     * @param halving every combination for few epochs, the better ones for more
     */
    @Shorthand
    public record Search(
            @Doc("'grid' tries every combination.") @Default("grid")
            All all,

            @Doc("How many combinations are drawn for each arm; a range is drawn from as a whole.")
            @Default("null")
            @Range(min = 1, max = 10_000)
            Optional<Integer> random,

            @Doc("Every combination for few epochs, the better ones for more.") @Default("null")
            Optional<Halving> halving) {
        /** Checks that there is one way. */
        public Search {
            if (random.isPresent() && halving.isPresent()) {
                throw new InvalidSetting("", "cannot be random and halving at once. Keep one of them.");
            }
        }
    }

    /** The plain search. */
    public enum All {
        @Doc("Every combination of the values.")
        GRID
    }

    /**
     * Successive halving.
     *
     * @param rungs epochs of each round, growing
     * @param keep the share of combinations that a round hands to the next
     */
    public record Halving(
            @Doc("Epochs of each round, such as [1, 3, 9]; every round trains anew.") @Range(min = 1)
            List<Integer> rungs,

            @Doc("Share of the combinations that goes on to the next round.")
            @Range(min = 0, aboveMin = true, max = 1, belowMax = true)
            double keep) {
        /** Checks that rounds grow. */
        public Halving {
            boolean growing = rungs.size() > 1;
            for (int i = 1; i < rungs.size(); i++) {
                growing &= rungs.get(i) > rungs.get(i - 1);
            }
            if (!growing) {
                throw new InvalidSetting(
                        "rungs", "expected at least two numbers of epochs, each larger than the one before.");
            }
        }

        /** How many of so many combinations go on. */
        int kept(int combinations) {
            return Math.max(1, (int) Math.ceil(keep * combinations));
        }
    }
}
