package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.feedback.DkpSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Shape;

/** The laws of projections that learn (dkp): how they start, and that the output layer's moves as its weights do. */
final class LearnedProjectionLaws {
    private LearnedProjectionLaws() {}

    static List<FeedbackLaw> of(DkpSettings settings, FeedbackLaw.Setting setting) {
        List<FeedbackLaw> laws = new ArrayList<>();
        laws.add(new FirstDraw(settings, setting));
        Graph graph = setting.graph();
        boolean alike = settings.feedbackOptimizer().isEmpty()
                && !settings.constrainNorm()
                && settings.clipErrors() == 0
                && graph.output() == graph.lastWeighted()
                && graph.output().inputs().get(0).shape().rank() == 1
                && graph.crossedNodes().contains(graph.output());
        if (alike) {
            laws.add(FeedbackLaw.movesWithWeights(
                    setting, 1, graph.outputWeights().stream().toList()));
        }
        return laws;
    }

    /** {@code D [classes, inputs]} starts as the draw of its stream. */
    private static final class FirstDraw extends FeedbackLaw.Named {
        private final DkpSettings settings;
        private final FeedbackLaw.Setting setting;

        FirstDraw(DkpSettings settings, FeedbackLaw.Setting setting) {
            super("projections start as the draws of their streams", "a few roundings of the precision");
            this.settings = settings;
            this.setting = setting;
        }

        @Override
        public List<Finding> judge(PublishedStep step) {
            List<Finding> findings = new ArrayList<>();
            for (Node node : setting.graph().crossedNodes()) {
                String name = "feedback/" + node.name() + "/weights";
                double[] own = step.own().get(name);
                if (step.step() == 0) {
                    double[] drawn =
                            FeedbackLaw.draw(law(node), RandomStream.of(setting.seed(), name), settings.scale(), false);
                    double measured = own == null ? Double.NaN : Vectors.relativeDifference(own, drawn);
                    findings.add(new Finding(name, measured, setting.rounding(), true));
                }
            }
            return findings;
        }

        private ParameterSpec law(Node node) {
            int classes = setting.graph().classes();
            int size = Math.toIntExact(node.inputShapes().get(0).size());
            ParameterSpec weights = node.parameters().stream()
                    .filter(Parameter::carriesErrors)
                    .findFirst()
                    .orElseThrow()
                    .spec();
            return ParameterSpec.weights(
                    Shape.of(classes, size), settings.initializer().orElse(weights.initializer()), size, classes);
        }
    }
}
