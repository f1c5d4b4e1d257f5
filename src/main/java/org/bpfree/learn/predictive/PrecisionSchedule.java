package org.bpfree.learn.predictive;

import org.bpfree.settings.Doc;

/**
 * Weights of errors that follow the wave of errors down through the rounds of a batch (Qi, Forasassi, Lukasiewicz and Salvatori, arXiv
 * 2506.23800, as in the code github.com/changqi97/DeepPCNs). The output's error is there in round 0, and that of the {@code l}-th state below it
 * can first be in round {@code l}.
 */
public enum PrecisionSchedule {
    @Doc("The same weights in all rounds.")
    CONSTANT,
    @Doc("1 in the round in which an error arrives, 0.001 in all others.")
    SPIKING,
    @Doc(
            "0 before the round in which an error arrives, 1 in it, and an exponential that falls from a hundredth after it.")
    DECAYING;

    private static final double QUIET = 0.001;
    private static final double SHARE = 0.01;

    /**
     * The weight of an error.
     *
     * @param level how many states above the one of the error, the output included
     * @param round counted from 0
     * @param rounds of a batch
     */
    double weight(int level, int round, int rounds) {
        int since = round - level;
        return switch (this) {
            case CONSTANT -> 1;
            case SPIKING -> since == 0 ? 1 : QUIET;
            case DECAYING -> since < 0 ? 0 : since == 0 ? 1 : SHARE * Math.exp(-since) * sum(rounds - level);
        };
    }

    /** {@code exp(0) + exp(-1) + ...}, so many terms. */
    private static double sum(int terms) {
        double sum = 0;
        for (int k = 0; k < terms; k++) {
            sum += Math.exp(-k);
        }
        return sum;
    }
}
