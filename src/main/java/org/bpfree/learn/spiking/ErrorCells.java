package org.bpfree.learn.spiking;

import java.util.Arrays;
import org.bpfree.tensor.Tensor;

/**
 * Error cells that spike, ahead of another rule: the two cells of a unit, for excess and for deficit, integrate their rectified error and
 * fire with a subtractive reset, several times a step if need be; what travels on is {@code quantum * (spikes of excess - spikes of
 * deficit)}. What is left in a cell at the end of a batch is below one quantum.
 *
 * <p>[design] The quantum is a share of the largest error of the layer in the batch, as in the document's toy runs, so that nothing
 * needs to be remembered from batch to batch.
 */
final class ErrorCells implements LocalRule {
    private final Tensor errors;
    private final double share;
    private final LocalRule next;
    private final double[] chunk;
    private final double[] excess;
    private final double[] deficit;
    private double quantum;

    /**
     * Error cells.
     *
     * @param errors of the whole layer, for the largest
     * @param share of the largest error that a spike stands for
     * @param next what is done with what the cells send
     * @param length of the pieces
     */
    ErrorCells(Tensor errors, double share, LocalRule next, int length) {
        this.errors = errors;
        this.share = share;
        this.next = next;
        chunk = new double[Math.min(2048, errors.size())];
        excess = new double[length];
        deficit = new double[length];
    }

    @Override
    public void begin() {
        double largest = 0;
        for (int from = 0; from < errors.size(); from += chunk.length) {
            int n = Math.min(chunk.length, errors.size() - from);
            errors.read(from, chunk, 0, n);
            for (int i = 0; i < n; i++) {
                largest = Math.max(largest, Math.abs(chunk[i]));
            }
        }
        quantum = share * largest;
        next.begin();
    }

    @Override
    public void apply(double[][] e, double[][] u, int n) {
        Arrays.fill(excess, 0);
        Arrays.fill(deficit, 0);
        for (double[] now : e) {
            for (int i = 0; i < n && quantum > 0; i++) {
                excess[i] += Math.max(0, now[i]);
                deficit[i] += Math.max(0, -now[i]);
                double excessSpikes = Math.floor(excess[i] / quantum);
                double deficitSpikes = Math.floor(deficit[i] / quantum);
                excess[i] -= quantum * excessSpikes;
                deficit[i] -= quantum * deficitSpikes;
                now[i] = quantum * (excessSpikes - deficitSpikes);
            }
        }
        next.apply(e, u, n);
    }
}
