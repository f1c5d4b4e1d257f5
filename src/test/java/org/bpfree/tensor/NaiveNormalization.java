package org.bpfree.tensor;

/**
 * Standardization of groups of elements, scale and shift, and its adjoint, as loops over the definition: the oracle of batch-norm
 * (a group is a channel) and layer-norm (a group is a row).
 */
final class NaiveNormalization {
    final double[] output;
    final double[] inputError;
    final double[] scaleGradient;
    final double[] shiftGradient;
    final double[] mean;
    final double[] variance;

    NaiveNormalization(
            Tensor input, Tensor scale, Tensor shift, Tensor error, Tensor feedback, double epsilon, boolean byColumn) {
        double[] x = input.toDoubles();
        double[] e = error.toDoubles();
        int columns = scale.size();
        int rows = x.length / columns;
        int groups = byColumn ? columns : rows;
        int size = x.length / groups;
        output = new double[x.length];
        inputError = new double[x.length];
        scaleGradient = new double[columns];
        shiftGradient = new double[columns];
        mean = new double[groups];
        variance = new double[groups];
        for (int group = 0; group < groups; group++) {
            int[] members = new int[size];
            for (int i = 0; i < size; i++) {
                members[i] = byColumn ? i * columns + group : group * columns + i;
                mean[group] += x[members[i]] / size;
            }
            for (int i : members) {
                variance[group] += (x[i] - mean[group]) * (x[i] - mean[group]) / size;
            }
            double deviation = Math.sqrt(variance[group] + epsilon);
            double sum = 0;
            double product = 0;
            for (int i : members) {
                int c = i % columns;
                double standardized = (x[i] - mean[group]) / deviation;
                output[i] = scale.at(c) * standardized + shift.at(c);
                scaleGradient[c] += e[i] * standardized;
                shiftGradient[c] += e[i];
                sum += feedback.at(c) * e[i];
                product += feedback.at(c) * e[i] * standardized;
            }
            for (int i : members) {
                double standardized = (x[i] - mean[group]) / deviation;
                inputError[i] =
                        (feedback.at(i % columns) * e[i] - sum / size - standardized * product / size) / deviation;
            }
        }
    }
}
