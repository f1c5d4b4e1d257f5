package org.bpfree.graph;

import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/**
 * The sum of {@code -log sigmoid(s)} for the label and {@code -log(1 - sigmoid(s))} for the others, with the derivative {@code sigmoid(s) -
 * onehot(label)}.
 */
@TypeName("binary-cross-entropy")
@Doc(
        "Cross-entropy of the sigmoid of each score with whether its class is the label, added over the classes; PyTorch's mean over"
                + " classes is this one with the learning rate divided by their number.")
public record BinaryCrossEntropy() implements LossFunction {
    /** Computed as {@code log(1 + e^s) - s [is the label]}, which does not overflow. */
    @Override
    public double ofImage(double[] scores, int from, int classes, int label) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double score = scores[from + k];
            double small = Math.exp(-Math.abs(score));
            double target = k == label ? 1 : 0;
            sum += Math.max(score, 0) + Math.log1p(small) - target * score;
            scores[from + k] = (score >= 0 ? 1 : small) / (1 + small) - target;
        }
        return sum;
    }

    /** Every sigmoid is {@code 1 / K}. */
    @Override
    public double ofGuessing(int classes) {
        return Math.log(classes) - (classes - 1) * Math.log(1 - 1.0 / classes);
    }

    @Override
    public boolean separatesClasses() {
        return true;
    }
}
