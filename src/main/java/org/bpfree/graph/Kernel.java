package org.bpfree.graph;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** An {@link Op} bound to the tensors it reads and writes. */
public interface Kernel {
    /** Computes the output from the inputs and parameters. */
    void forward();

    /**
     * Binds the local backward: what a node can do with its own inputs, its own output and the error that arrived. Runs after
     * {@link #forward} on the same inputs.
     */
    Routine backward(Wiring wiring);

    /**
     * Binds the local response to a displacement {@code D}, which arrives in the place of an error: an activation {@code phi} passes on how
     * much the displacement takes from its output, {@code phi(h) - phi(h - D)}, in place of {@code phi'(h) D}. Everything else answers a
     * displacement as it answers an error. Runs after {@link #forward} on the same inputs.
     */
    default Routine displaced(Wiring wiring) {
        return backward(wiring);
    }

    /**
     * Binds the local response by a chord: an activation {@code phi} passes on {@code (phi(h + above D) - phi(h - below D)) / (above + below)}
     * for an error {@code D}, in place of {@code phi'(h) D}, and says where the ends of the chord lie in the mean. Everything else answers as it
     * answers any error. Runs after {@link #forward} on the same inputs.
     */
    default Routine chord(Wiring wiring, Chord chord) {
        return backward(wiring);
    }

    /**
     * A chord of an activation around its pre-activation {@code h}.
     *
     * @param above step along the error to one end
     * @param below step against the error to the other end; both are 0 or more, and their sum is above 0
     * @param shareAbove weight of {@code phi(h + above D)} in the mean, 0..1; the other end has the rest
     * @param mean written: the weighted mean of both ends, as the output; null when it is not wanted
     */
    record Chord(double above, double below, double shareAbove, Tensor mean) {}

    /** Whether a pass is part of training or only predicts. */
    enum Mode {
        /** Dropout drops, batch-norm uses and remembers the statistics of the batch. */
        TRAIN,
        /** Dropout is the identity, batch-norm uses remembered statistics. */
        PREDICT
    }

    /** Random numbers that depend on the training step and on nothing else drawn before. */
    @FunctionalInterface
    interface Noise {
        /** The stream of a purpose at the current training step, from its beginning. */
        RandomGenerator stream(String purpose);
    }

    /**
     * The tensors of a forward.
     *
     * @param name of the node, for scratch and random streams
     * @param inputs read, {@code [batch, ...]} each
     * @param parameters read, in the order of {@link Op#parameters}
     * @param output written, {@code [batch, ...]}
     * @param arena where scratch is kept
     * @param mode whether the pass trains or predicts
     * @param noise random numbers of the step
     * @param repeats into how many blocks of equal size the batch axis falls that hold the same samples at different times; what is drawn
     *     for a sample is the same in all of them
     */
    record Binding(
            String name,
            List<Tensor> inputs,
            List<Tensor> parameters,
            Tensor output,
            Arena arena,
            Mode mode,
            Noise noise,
            int repeats) {
        /** Samples that are all different. */
        public Binding(
                String name,
                List<Tensor> inputs,
                List<Tensor> parameters,
                Tensor output,
                Arena arena,
                Mode mode,
                Noise noise) {
            this(name, inputs, parameters, output, arena, mode, noise, 1);
        }

        /** The only input. */
        public Tensor input() {
            return inputs.get(0);
        }

        /** Number of samples. */
        public int batch() {
            return output.shape().extent(0);
        }
    }

    /**
     * The tensors of a backward.
     *
     * @param feedback what stands in for each parameter in the path of the error; the parameters themselves give backpropagation
     * @param error read: the error of the output, {@code [batch, ...]}
     * @param inputErrors written: the error of each input; null entries are not wanted
     * @param gradients written: the update of each parameter, summed over the batch; null entries are not wanted
     */
    record Wiring(List<Tensor> feedback, Tensor error, Tensor[] inputErrors, Tensor[] gradients) {
        /** Where the error of the only input goes, or null. */
        public Tensor inputError() {
            return inputErrors[0];
        }
    }
}
