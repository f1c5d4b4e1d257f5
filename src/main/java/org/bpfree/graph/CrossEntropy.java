package org.bpfree.graph;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Cross-entropy of the softmax of the scores with a target {@code t} that is {@code 1 - e} at the label and {@code e / K} more at every one of
 * the {@code K} classes (label smoothing; Szegedy et al., arXiv 1512.00567, section 7): {@code -sum t log softmax(s)}, with the derivative
 * {@code softmax(s) - t}.
 *
 * @param labelSmoothing {@code e}, the share of the target that all classes get alike
 */
@TypeName("cross-entropy")
@Doc("Cross-entropy of the softmax of the scores.")
public record CrossEntropy(
        @Doc("Share of the target that all classes get alike; 0 for the label alone.")
        @Default("0.0")
        @Range(min = 0, max = 1, belowMax = true)
        double labelSmoothing)
        implements LossFunction {
    @Override
    public double ofImage(double[] scores, int from, int classes, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        double total = 0;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, scores[from + k]);
            total += scores[from + k];
        }
        double labelScore = scores[from + label];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            scores[from + k] = Math.exp(scores[from + k] - largest);
            sum += scores[from + k];
        }
        for (int k = 0; k < classes; k++) {
            scores[from + k] /= sum;
        }
        double ofLabel = Math.log(sum) - (labelScore - largest);
        if (labelSmoothing == 0) {
            scores[from + label] -= 1;
            return ofLabel;
        }
        for (int k = 0; k < classes; k++) {
            scores[from + k] -= labelSmoothing / classes;
        }
        scores[from + label] -= 1 - labelSmoothing;
        double ofAll = Math.log(sum) - (total / classes - largest);
        return (1 - labelSmoothing) * ofLabel + labelSmoothing * ofAll;
    }

    @Override
    public double ofGuessing(int classes) {
        return Math.log(classes);
    }
}
