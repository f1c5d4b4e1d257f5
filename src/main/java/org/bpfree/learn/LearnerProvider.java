package org.bpfree.learn;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.tensor.Precision;

/**
 * Announces a learner; found through {@link java.util.ServiceLoader}, so that a JAR on the class path adds one. An implementation has
 * a public constructor without arguments and touches no tensor until {@link #create}.
 */
public interface LearnerProvider {
    /** The settings record; its {@link org.bpfree.settings.TypeName} is the value of {@code learner.type}. */
    Class<? extends LearnerSettings> settings();

    /** One line that says what the learner does. */
    String summary();

    /** Where the learner was published, as authors, title, identifier and year; or what it is when it was not. */
    String source();

    /**
     * Says what in a graph or among the settings the learner cannot work with.
     *
     * @param problems told every misfit
     */
    default void check(LearnerSettings settings, Graph graph, Consumer<Misfit> problems) {}

    /**
     * Says what in the loss the learner cannot work with. A learner that says nothing takes its derivative by the scores, or a target made of
     * it, whatever the loss.
     */
    default void check(LearnerSettings settings, LossFunction loss, Consumer<Misfit> problems) {}

    /**
     * Says what is allowed but probably not meant, or worth knowing before a long run.
     *
     * @param warnings told every one, a sentence each
     */
    default void warn(LearnerSettings settings, Graph graph, Consumer<String> warnings) {}

    /** Says what the precision of the run is not enough for; as {@link #warn(LearnerSettings, Graph, Consumer)}. */
    default void warn(LearnerSettings settings, Graph graph, Precision precision, Consumer<String> warnings) {}

    /** Says what is allowed of the loss but probably not meant; as {@link #warn(LearnerSettings, Graph, Consumer)}. */
    default void warn(LearnerSettings settings, LossFunction loss, Consumer<String> warnings) {}

    /**
     * The network as the learner runs it forward, in training and in predictions: the given one, or one with the same nodes in the same
     * places that read each other in another way. Contexts hold this one.
     */
    default Graph network(LearnerSettings settings, Graph graph) {
        return graph;
    }

    /**
     * What the theory of the learner promises of every step, for {@code bpfree verify}; new objects at each call. The updates of the learners
     * that come with the program are recomputed there from their formulas; a learner from another JAR promises what it can.
     *
     * @param precision of the run, on which tolerances depend
     */
    default List<Promise> promises(LearnerSettings settings, Graph graph, Precision precision) {
        return List.of();
    }

    /**
     * The learner that says what backpropagation would do on the network as this learner runs it; empty for {@code backprop}, which is
     * that of every network without time.
     */
    default Optional<LearnerSettings> reference(LearnerSettings settings) {
        return Optional.empty();
    }

    /** How many samples the learner makes of each image, such as steps in time; every tensor of a batch has as many times its images. */
    default int samplesPerImage(LearnerSettings settings) {
        return 1;
    }

    /**
     * Creates the learner.
     *
     * @param settings an instance of {@link #settings()}
     */
    Learner create(LearnerSettings settings, LearnerContext context);

    /**
     * Something a learner cannot work with.
     *
     * @param node the node that does not fit, or empty for a setting of the learner
     * @param setting the setting of the learner that does not fit, or empty for a node
     * @param message what is wrong, with the value, what is allowed, and what to do
     */
    record Misfit(String node, String setting, String message) {}
}
