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
        double gain = byLoss ? state.best - value : value - state.best;
        double needed = settings.map(EarlyStopping::minDelta).orElse(0.0);
        if (Double.isNaN(state.best) || gain > needed) {
            state.best = value;
            state.bestEpoch = state.epoch;
            state.epochsWithoutImprovement = 0;
            return true;
        }
        state.epochsWithoutImprovement++;
        return false;
    }

    boolean saysStop(TrainingState state) {
        return settings.filter(s -> state.epoch >= s.minEpochs() && state.epochsWithoutImprovement >= s.patience())
                .isPresent();
    }
}
