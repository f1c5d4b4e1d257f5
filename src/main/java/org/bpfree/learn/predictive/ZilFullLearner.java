package org.bpfree.learn.predictive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Z-IL as its paper writes it (arXiv 2103.04689, algorithm 3): identity nodes level the graph, every node holds a state, all states move
 * in every round, and the parameters of a node learn in the round that is its level. A node at level {@code l} is evaluated {@code K + 1
 * - l} times, so this is a reference to compare with, not a way to train.
 *
 * <p>The paper's equation 16 lets a parameter learn at a distance of its own, one round later than the node that uses it; that is {@code
 * firing: late} here, and not exact. {@code firing: detected} is fully autonomous Z-IL ({@link SpikeDetector}), in which nothing tells a
 * node its level.
 */
final class ZilFullLearner extends InferenceLearner {
    private final ZilSettings settings;
    private final Levels levels;

    /** A learner for all trainable parameters. */
    ZilFullLearner(ZilSettings settings, LearnerContext context) {
        this(settings, context, network(settings, context));
    }

    private ZilFullLearner(ZilSettings settings, LearnerContext context, Graph graph) {
        super(context, graph, BlockStates.NODES.of(graph));
        this.settings = settings;
        levels = Levels.of(graph);
    }

    private static Graph network(ZilSettings settings, LearnerContext context) {
        return settings.levelling() == ZilSettings.Levelling.ON
                ? Levels.of(context.graph()).levelled()
                : context.graph();
    }

    private int firing(Node node) {
        return switch (settings.firing()) {
            case LEVEL, DETECTED -> levels.level(node);
            case LATE -> levels.level(node) + 1;
            case LAST -> levels.highest();
        };
    }

    private int lastRound() {
        return switch (settings.firing()) {
            case LATE -> levels.highest() + 1;
            case DETECTED -> levels.highest() + settings.extraRounds();
            case LEVEL, LAST -> levels.highest();
        };
    }

    @Override
    Credit bindRounds(Pass pass, LabelledImages batch, Errors errors) {
        boolean noisy = settings.initialNoise() > 0;
        // The class scores move on in later rounds; the error of the forward pass stays as it was.
        Errors moving = new Errors(pass, context.arena().scope("inference"));
        Tensor scoreError = moving.output();
        Activity activity = noisy ? Activity.everywhere(graph, withState) : Activity.of(graph, withState);
        Inference inference = new Inference(
                pass,
                moving,
                context.arena(),
                new Inference.Settings(
                        withState,
                        settings.gamma(),
                        0,
                        node -> MovingState.Rule.EVEN,
                        settings.form() == ZilSettings.Form.STATE,
                        false,
                        false,
                        true,
                        activity),
                this::update,
                this::firing);
        Optional<SpikeDetector> detector = settings.detects()
                ? Optional.of(
                        new SpikeDetector(pass, context.arena(), settings.silence(), inference::error, this::update))
                : Optional.empty();
        Map<Node, Routine> show = new HashMap<>();
        for (Node node : withState) {
            show.put(node, Elementwise.copy(inference.error(node), errors.make(node)));
        }
        return () -> {
            inference.start();
            detector.ifPresent(SpikeDetector::start);
            scoreError.copyFrom(errors.output());
            if (noisy) {
                disturb(pass, inference);
            }
            for (int t = 0; t <= lastRound(); t++) {
                int round = t;
                if (inference.predict(round)) {
                    evaluateOutput(pass, batch, scoreError);
                }
                inference.findErrors(round);
                withState.stream().filter(node -> levels.level(node) == round).forEach(node -> show.get(node)
                        .run());
                inference.pull(round, node -> detector.isEmpty() && firing(node) == round);
                detector.ifPresent(each -> each.learn(node -> activity.hasError(node, round)));
                inference.move(round);
            }
        };
    }

    private void disturb(Pass pass, Inference inference) {
        for (Node node : withState) {
            RandomGenerator noise = context.noise().stream("state/" + node.name());
            double[] values = new double[pass.value(node).size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = settings.initialNoise() * noise.nextGaussian();
            }
            inference.displace(node, values);
        }
    }
}
