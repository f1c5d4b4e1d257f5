package org.bpfree.train;

import org.bpfree.optimizer.OptimizerSettings;

/** Tensors whose updates are limited together: what a learner keeps for itself must not shorten the step of the network. */
final class UpdateGroup {
    private final OptimizerSettings settings;
    private double square;
    private double factor;
    private double rate;

    UpdateGroup(OptimizerSettings settings) {
        this.settings = settings;
    }

    OptimizerSettings settings() {
        return settings;
    }

    /** Forgets the step before. */
    void clear() {
        square = 0;
    }

    /** Adds the squared norm of an update. */
    void add(double ofTensor) {
        square += ofTensor;
    }

    /** Euclidean norm of all updates of the group, as the learner wrote them. */
    double norm() {
        return Math.sqrt(square);
    }

    /** Decides the step, once all updates are measured. */
    void limit(double scale, double learningRate) {
        double norm = scale * Math.sqrt(square);
        double clip = settings.clipNorm();
        factor = clip > 0 && norm > clip ? scale * clip / norm : scale;
        rate = learningRate;
    }

    /** What updates are multiplied by. */
    double factor() {
        return factor;
    }

    /** Learning rate of the step. */
    double rate() {
        return rate;
    }
}
