package org.bpfree.train;

import java.util.Optional;
import org.bpfree.train.TrainingSettings.EarlyStopping;
import org.bpfree.train.TrainingSettings.Metric;

/** Follows the watched metric: what the best epoch was, and whether to go on. */
final class EarlyStop {
    private final Optional<EarlyStopping> settings;

    EarlyStop(Optional<EarlyStopping> settings) {
        this.settings = settings;
    }

    /** Takes in the validation of the epoch just finished; true when it is the best so far. Without validation, never. */
    boolean improved(TrainingState state) {
        if (state.lastValidation.images() == 0) {
            return false;
        }
        boolean byLoss =
                settings.map(EarlyStopping::metric).orElse(Metric.VALIDATION_ACCURACY) == Metric.VALIDATION_LOSS;
        double value = byLoss ? state.lastValidation.meanLoss() : state.lastValidation.accuracy();
        // What is told is the best epoch, however small its lead; what patience counts from is the last lead that was
        // large enough.
        double from = Double.isNaN(state.improvedTo) ? state.best : state.improvedTo;
        double needed = settings.map(EarlyStopping::minDelta).orElse(0.0);
        if (Double.isNaN(from) || gain(byLoss, from, value) > needed) {
            state.improvedTo = value;
            state.epochsWithoutImprovement = 0;
        } else {
            state.improvedTo = from;
            state.epochsWithoutImprovement++;
        }
        boolean best = Double.isNaN(state.best) || gain(byLoss, state.best, value) > 0;
        if (best) {
            state.best = value;
            state.bestEpoch = state.epoch;
        }
        return best;
    }

    private static double gain(boolean byLoss, double before, double now) {
        return byLoss ? before - now : now - before;
    }

    boolean saysStop(TrainingState state) {
        return settings.filter(s -> state.epoch >= s.minEpochs() && state.epochsWithoutImprovement >= s.patience())
                .isPresent();
    }
}
