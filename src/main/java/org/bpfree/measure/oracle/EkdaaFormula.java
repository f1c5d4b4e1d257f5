package org.bpfree.measure.oracle;

import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * EKDAA (arXiv 2206.01820, Algorithms 1 and 2), clean: {@code D = e E} through the published error kernels, times {@code beta};
 * {@code e = phi(h) - phi(h - D)}; {@code dE = gamma dW}. With {@code displacement: relative}, {@code D} has {@code beta} times the norm of
 * {@code h}.
 */
final class EkdaaFormula extends SweepFormula {
    private final EkdaaSettings settings;

    private EkdaaFormula(EkdaaSettings settings, Setting setting) {
        super(setting);
        this.settings = settings;
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        if (!(settings instanceof EkdaaSettings ekdaa)) {
            return null;
        }
        return ekdaa.mode() == EkdaaSettings.Mode.CLEAN
                ? new EkdaaFormula(ekdaa, setting)
                : new ReleasedEkdaaFormula(ekdaa, setting);
    }

    @Override
    NaiveSweep.Rule rule(PublishedStep step, NaivePass network, double[] outputError) {
        boolean relative = settings.displacement() == EkdaaSettings.Displacement.RELATIVE;
        return new NaiveSweep.Rule() {
            @Override
            public double[] standIn(NaivePass pass, Parameter parameter) {
                double[] kernel = step.own().get("feedback/" + parameter.key());
                return kernel == null ? pass.parameter(parameter) : scaled(kernel, relative ? 1 : settings.beta());
            }

            @Override
            public void backward(NaivePass pass, Node node, Flow flow) {
                if (relative && node.op() instanceof ActivationOp && flow.inputErrors()[0] != null) {
                    double delivered = norm(flow.error());
                    double wanted = settings.beta() * norm(pass.run(node).inputs[0]);
                    double[] displacement = scaled(flow.error(), delivered == 0 ? 1 : wanted / delivered);
                    System.arraycopy(displacement, 0, flow.error(), 0, displacement.length);
                }
                pass.op(node).displaced(pass.run(node), flow);
            }
        };
    }

    @Override
    void addOwn(PublishedStep step, NaivePass pass, double[] outputError, Map<String, double[]> updates) {
        addErrorKernels(setting, settings, updates);
    }

    /** {@code dE = gamma dW} for every weight tensor that errors cross. */
    static void addErrorKernels(Setting setting, EkdaaSettings settings, Map<String, double[]> updates) {
        for (Parameter parameter : setting.graph().crossedWeights()) {
            updates.put("feedback/" + parameter.key(), scaled(updates.get(parameter.key()), settings.gamma()));
        }
    }

    static double[] scaled(double[] tensor, double factor) {
        double[] scaled = new double[tensor.length];
        for (int i = 0; i < tensor.length; i++) {
            scaled[i] = factor * tensor[i];
        }
        return scaled;
    }

    private static double norm(double[] tensor) {
        double sum = 0;
        for (double element : tensor) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }
}
