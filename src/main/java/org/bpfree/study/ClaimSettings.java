package org.bpfree.study;

import java.util.List;
import java.util.Optional;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;

/**
 * A sentence that final runs support or refute.
 *
 * @param says the sentence
 * @param source who says it
 * @param difference two arms, whose figures are subtracted seed by seed, the second from the first
 * @param of one arm, whose figure is taken as it is
 * @param figure what is measured, see {@link Figure}
 * @param above the mean is larger than this
 * @param below the mean is smaller than this
 */
public record ClaimSettings(
        @Doc("The sentence that is claimed.") String says,

        @Doc("Who claims it, such as an arXiv number.") @Default("''")
        String source,

        @Doc("Two arms: the figure of the first less that of the second, seed by seed.") @Default("[]")
        List<String> difference,

        @Doc("One arm, whose figure is taken as it is.") @Default("null")
        Optional<String> of,

        @Doc(
                "What is measured: test-accuracy, test-loss, validation-accuracy, validation-loss, train-accuracy, train-loss,"
                        + " seconds, images-per-second, scratch-bytes-per-image, update-angle, or a name in metrics.jsonl, in which a"
                        + " star stands for any layer: of those that match, the worst at the last probe counts.")
        String figure,

        @Doc("The mean is larger than this.") @Default("null")
        Optional<Double> above,

        @Doc("The mean is smaller than this.") @Default("null")
        Optional<Double> below) {

    /** Checks that the claim can be decided at all. */
    public ClaimSettings {
        if (difference.isEmpty() == of.isEmpty()) {
            throw new InvalidSetting(
                    "",
                    "names " + (of.isEmpty() ? "no arm" : "both 'difference' and 'of'")
                            + ". Give either 'difference: [arm, other arm]' or 'of: arm'.");
        }
        if (!difference.isEmpty()
                && (difference.size() != 2 || difference.get(0).equals(difference.get(1)))) {
            throw new InvalidSetting("difference", "expected two different arms, such as [ekdaa, backprop].");
        }
        if (above.isEmpty() && below.isEmpty()) {
            throw new InvalidSetting("", "has no bound. Give 'above', 'below' or both.");
        }
        if (above.isPresent() && below.isPresent() && above.get() >= below.get()) {
            throw new InvalidSetting("above", "nothing is above " + above.get() + " and below " + below.get() + ".");
        }
        Figure.problem(figure).ifPresent(problem -> {
            throw new InvalidSetting("figure", problem);
        });
    }
}
