package org.bpfree.learn;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.tensor.Precision;

/**
 * Announces a learner; found through {@link java.util.ServiceLoader}, so that a JAR on the class path adds one. An implementation has
 * a public constructor without arguments and touches no tensor until {@link #create}.
 *
 * @param <S> the settings record; its {@link org.bpfree.settings.TypeName} is the value of {@code learner.type}
 */
public interface LearnerProvider<S extends LearnerSettings> {
    /** The settings record. */
    Class<S> settings();

    /** One line that says what the learner does. */
    String summary();

    /** Where the learner was published, as authors, title, identifier and year; or what it is when it was not. */
    String source();

    /**
     * Says what of an experiment, or among the settings, the learner cannot work with, and what is allowed but probably not meant, or worth
     * knowing before a long run. A learner that says nothing of the loss takes its derivative by the scores, or a target made of it, whatever
     * the loss.
     *
     * @param findings told everything
     */
    default void check(S settings, Setup setup, Findings findings) {}

    /**
     * What a learner is to work with.
     *
     * @param graph the network
     * @param loss of the experiment
     * @param precision of the run
     */
    record Setup(Graph graph, LossFunction loss, Precision precision) {}

    /**
     * The network as the learner runs it forward, in training and in predictions: the given one, or one with the same nodes in the same
     * places that read each other in another way. Contexts hold this one.
     */
    default Graph network(S settings, Graph graph) {
        return graph;
    }

    /**
     * What the theory of the learner promises of every step, for {@code bpfree verify}; new objects at each call. The updates of the learners
     * that come with the program are recomputed there from their formulas; a learner from another JAR promises what it can.
     *
     * @param precision of the run, on which tolerances depend
     */
    default List<Promise> promises(S settings, Graph graph, Precision precision) {
        return List.of();
    }

    /**
     * The learner that says what backpropagation would do on the network as this learner runs it; empty for {@code backprop}, which is
     * that of every network without time.
     */
    default Optional<LearnerSettings> reference(S settings) {
        return Optional.empty();
    }

    /** How many samples the learner makes of each image, such as steps in time; every tensor of a batch has as many times its images. */
    default int samplesPerImage(S settings) {
        return 1;
    }

    /**
     * Whether labels reach the learner through the loss alone, so that weights of classes and images of two labels reach it, too. A learner
     * that reads labels itself says no.
     */
    default boolean readsLabelsThroughLoss(S settings) {
        return true;
    }

    /** Creates the learner. */
    Learner create(S settings, LearnerContext context);
}
