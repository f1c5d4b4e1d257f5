package org.bpfree.measure.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.predictive.BlockStates;

/** The update of a learner by its formula. An object follows one run, update by update, in order, with one {@link Arithmetic}. */
interface LearnerFormula {
    /** What every trained tensor's update should be, summed over the batch, by name; tensors that it leaves out are not judged. */
    Map<String, double[]> updates(PublishedStep step);

    /** The loss of the batch, summed over the images, as the last {@link #updates} found it. */
    double lossSum();

    /** What the learner predicts for the images of a step, {@code [batch, classes]}. */
    double[] scores(PublishedStep step);

    /** The loss whose gradient the update is, by definition; nothing for updates that are no gradient. */
    default Optional<ToDoubleFunction<PublishedStep>> objective() {
        return Optional.empty();
    }

    /**
     * What a formula is written for.
     *
     * @param graph the network, every node by itself
     * @param loss of the experiment
     * @param seed of the experiment
     * @param noise random numbers of the present step
     */
    record Setting(Graph graph, LossFunction loss, long seed, Kernel.Noise noise, Arithmetic arithmetic) {
        /** The nodes with a state, from the images up, by the definition of each choice. */
        List<Node> states(BlockStates choice) {
            return graph.nodes().stream()
                    .filter(node -> node != graph.output() && graph.needsError(node))
                    .filter(node -> switch (choice) {
                        case BLOCKS -> graph.consumers(node).stream().anyMatch(Setting::weighs);
                        case PRE_ACTIVATIONS -> weighs(node);
                        case NODES -> true;
                    })
                    .toList();
        }

        private static boolean weighs(Node node) {
            return node.parameters().stream().anyMatch(Parameter::carriesErrors);
        }

        /**
         * A forward pass over the images of a step.
         *
         * @param kind what the pass is to the learner
         */
        NaivePass forward(PublishedStep step, NaivePass.Kind kind) {
            NaivePass pass = new NaivePass(graph, step, step.batch(), Set.<Node>of(), arithmetic, noise, kind);
            pass.forward();
            return pass;
        }
    }

    /** The formula of a learner, or nothing where none is known. */
    static Optional<LearnerFormula> of(LearnerSettings settings, Setting setting) {
        List<BiFunction<LearnerSettings, Setting, LearnerFormula>> families = List.of(
                GradientFormula::of,
                FeedbackFormula::of,
                ProjectionFormula::of,
                EkdaaFormula::of,
                InferenceFormula::of,
                TargetFormula::of,
                DualPropagationFormula::of,
                BlockFormula::of,
                ErrorCodingFormula::of,
                TargetDifferenceFormula::of,
                PepitaFormula::of,
                EquilibriumFormula::of,
                ForwardForwardFormula::of,
                SpikingFormula::of);
        return families.stream()
                .map(family -> Optional.ofNullable(family.apply(settings, setting)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
