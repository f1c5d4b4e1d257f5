package org.bpfree.measure.oracle;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.spiking.MicrocircuitSettings;
import org.bpfree.learn.spiking.SpikingSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * A spiking network by replaying time. Every layer with weights has units ({@link NaiveUnits}) whose traces its readers see; images are shown
 * at all steps and pass the filter of a synapse. Samples are those of step 0, then those of step 1, and so on. Errors of traces become
 * signals before a layer's own backward sees them; with {@code causal} what goes down is another signal than what is learned from.
 */
final class SpikingFormula implements LearnerFormula {
    private final SpikingSettings settings;
    private final Setting setting;
    private final NaiveUnits units;
    private final Set<Node> layers = new HashSet<>();
    private double lossSum;

    private SpikingFormula(SpikingSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        units = NaiveUnits.of(settings);
        setting.graph().nodes().stream().filter(SpikingFormula::hasUnits).forEach(layers::add);
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof SpikingSettings spiking ? new SpikingFormula(spiking, setting) : null;
    }

    private static boolean hasUnits(Node node) {
        return node.op() instanceof DenseOp || node.op() instanceof ConvOp;
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    @Override
    public Map<String, double[]> updates(PublishedStep step) {
        NaivePass pass = forward(step, NaivePass.Kind.PUBLISHED);
        NaiveSpikeLoss loss = new NaiveSpikeLoss(settings, step.batch());
        double[] traces = pass.value(setting.graph().output());
        double[] outputError = new double[traces.length];
        lossSum = loss.evaluate(traces, step.labels(), outputError);
        Map<String, double[]> updates = NaiveSweep.updates(pass, outputError, new UnitRule(step));
        boolean outputOnly = settings instanceof MicrocircuitSettings circuit
                && circuit.feedback() == MicrocircuitSettings.Feedback.SHALLOW;
        if (outputOnly) {
            updates.keySet()
                    .retainAll(setting.graph().lastWeighted().parameters().stream()
                            .map(Parameter::key)
                            .toList());
        }
        return updates;
    }

    /** Summed output traces. */
    @Override
    public double[] scores(PublishedStep step) {
        double[] traces =
                forward(step, NaivePass.Kind.PREDICTION).value(setting.graph().output());
        double[] sums = new double[traces.length / settings.neuron().steps()];
        for (int i = 0; i < traces.length; i++) {
            sums[i % sums.length] += traces[i];
        }
        return sums;
    }

    /** Of the rules only that of the smooth model is a gradient. */
    @Override
    public Optional<ToDoubleFunction<PublishedStep>> objective() {
        return units.rule() != NaiveUnits.Rule.SMOOTH
                ? Optional.empty()
                : Optional.of(step -> {
                    double[] traces = forward(step, NaivePass.Kind.UNPUBLISHED)
                            .value(setting.graph().output());
                    return new NaiveSpikeLoss(settings, step.batch())
                            .evaluate(traces, step.labels(), new double[traces.length]);
                });
    }

    private NaivePass forward(PublishedStep step, NaivePass.Kind kind) {
        int samples = settings.neuron().steps() * step.batch();
        NaivePass pass =
                new NaivePass(setting.graph(), step, samples, layers, setting.arithmetic(), setting.noise(), kind);
        double[] images = step.images();
        double[] shown = pass.output(setting.graph().input());
        for (int i = 0; i < shown.length; i++) {
            shown[i] = units.traceOfConstant(i / images.length) * images[i % images.length];
        }
        for (Node node : setting.graph().nodes()) {
            if (node != setting.graph().input()) {
                pass.forward(node);
                if (layers.contains(node)) {
                    double[] published = pass.run(node).publishedActivation(node);
                    units.run(pass.output(node), pass.value(node), published, pass.arithmetic);
                }
            }
        }
        return pass;
    }

    private final class UnitRule implements NaiveSweep.Rule {
        private final PublishedStep step;

        UnitRule(PublishedStep step) {
            this.step = step;
        }

        @Override
        public double[] standIn(NaivePass pass, Parameter parameter) {
            return step.standIn(parameter);
        }

        @Override
        public void backward(NaivePass pass, Node node, Flow flow) {
            if (!layers.contains(node)) {
                NaiveSweep.Rule.super.backward(pass, node, flow);
                return;
            }
            double[] potentials = pass.output(node);
            double[] published = pass.run(node).publishedActivation(node);
            boolean[] spikes = units.spikes(potentials, published, pass.arithmetic);
            double[] errors = units.throughErrorCells(flow.error());
            double[] learned = units.signals(errors, potentials, spikes, pass.arithmetic);
            pass.arithmetic.round(learned);
            boolean causal = settings instanceof MicrocircuitSettings circuit && circuit.causal();
            double[][] none = new double[flow.inputErrors().length][];
            pass.op(node)
                    .backward(
                            pass.run(node),
                            new Flow(flow.standIns(), learned, causal ? none : flow.inputErrors(), flow.gradients()));
            if (causal) {
                double[] sent = units.causalSignals(errors, potentials, pass.arithmetic);
                pass.op(node)
                        .backward(pass.run(node), new Flow(flow.standIns(), sent, flow.inputErrors(), new double[1][]));
            }
        }
    }
}
