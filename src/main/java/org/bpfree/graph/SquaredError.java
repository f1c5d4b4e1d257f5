package org.bpfree.graph;

import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/** Half the squared distance of the scores from the one-hot label, with the derivative {@code s - onehot(label)}. */
@TypeName("squared-error")
@Doc("Half the squared distance of the scores from the one-hot label.")
public record SquaredError() implements LossFunction {
    @Override
    public double ofImage(double[] scores, int from, int classes, int label) {
        scores[from + label] -= 1;
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += scores[from + k] * scores[from + k];
        }
        return sum / 2;
    }

    /** Half the squared distance of {@code K} scores {@code 1 / K} from a one-hot label: {@code ((1 - 1/K)^2 + (K - 1) / K^2) / 2}. */
    @Override
    public double ofGuessing(int classes) {
        return (1 - 1.0 / classes) / 2;
    }
}
