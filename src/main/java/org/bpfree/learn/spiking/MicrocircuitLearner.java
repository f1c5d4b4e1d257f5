package org.bpfree.learn.spiking;

import java.util.Map;
import java.util.function.IntFunction;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * The spiking cortical microcircuit (Yang and Li, <i>A Computational Framework of Cortical Microcircuits Approximates Sign-concordant
 * Random Backpropagation</i>, arXiv 2205.07292, 2022). The paper's abstract was at hand, its equations were not: it names three types of
 * cells, two of connectivity, errors that travel through local feedback, a spiking error of the whole network, a Hebbian rule in local
 * compartments, and equivalence to sign-concordant feedback alignment. The circuit below keeps all of these; it is
 * spiking-microcircuit.md's, section 4, and <b>[design]</b> where nothing else is said.
 *
 * <ul>
 *   <li><b>Cells</b>, one of each a unit: a pyramidal cell, whose soma is a leaky integrate-and-fire unit ({@link Neurons}, the neuron of
 *       TSSL-BP), whose basal compartment sums {@code W a} and whose apical compartment receives the error; a cell for excess and a cell
 *       for deficit of activity, {@code e = e+ - e-}, which inhibit each other.
 *   <li><b>Connectivity</b>: plastic weights {@code W} between areas, paired with feedback {@code B = M * sign(W)} between error cells ({@link
 *       FeedbackWeights}); and fixed one-to-one connections within an area, from soma to error cells (the gate {@code f(u)}, {@link
 *       Surrogate}) and from error cells to the apical compartment.
 *   <li><b>Error</b>: the output area compares its traces with the target ({@link SpikeLoss}); apical potentials are {@code v[t] = -sum over k
 *       of eps[k] e[t+k]}; gated errors {@code x = -f(u) v} go down as {@code e = x B}, in Dale's form exactly so ({@link DaleFeedback}).
 *   <li><b>Update</b>: {@code dW = eta * sum over t of f(u[t]) v[t] a[t]}, the potential of the apical compartment times the trace that
 *       arrives. It is minus the surrogate gradient with {@code B} in the place of the weights on the way down; with {@code feedback:
 *       weights} it is the surrogate gradient itself, and for the output area always.
 * </ul>
 *
 * <p>Tiers of the document: A0 {@code rule: spike-timing}, A1 the default, A2 {@code errorCells: spiking} ({@link ErrorCells}), A3 {@code
 * causal: true}. The eligibility trace of A3, {@code z[t] = beta z[t-1] + f(u[t]) a[t] / tau_s} with {@code dW = -eta sum e[t] z[t]}, is a
 * sum over the same pairs of steps as {@code f(u[t]) q[t] a[t]} in another order, whatever {@code e} is. It is therefore never formed, and A3
 * works on convolutions, too; only the errors sent down differ, {@code e[t] gbar[t] B} with the causal filter of the gate in the place of
 * later errors.
 */
final class MicrocircuitLearner extends SpikingLearner {
    private final MicrocircuitSettings settings;
    private final FeedbackWeights feedback;

    MicrocircuitLearner(MicrocircuitSettings settings, LearnerContext context) {
        super(settings, false, context);
        this.settings = settings;
        feedback = new FeedbackWeights(settings.feedback(), context);
        train(
                settings.feedback() == MicrocircuitSettings.Feedback.SHALLOW
                        ? context.graph().lastWeighted().parameters()
                        : context.graph().trainableParameters());
    }

    @Override
    Tensor standIn(Parameter parameter) {
        return feedback.of(parameter);
    }

    @Override
    void refresh() {
        feedback.refresh();
    }

    @Override
    boolean isPlainSurrogate() {
        return settings.rule() == MicrocircuitSettings.Rule.SURROGATE
                && settings.errorCells() == MicrocircuitSettings.ErrorCells.ANALOG;
    }

    @Override
    IntFunction<LocalRule> rule(Tensor errors) {
        return length -> {
            LocalRules rules = new LocalRules(settings.neuron(), length);
            boolean surrogate = settings.rule() == MicrocircuitSettings.Rule.SURROGATE;
            return behindCells(errors, surrogate ? rules::surrogate : rules::spikeTiming, length);
        };
    }

    private IntFunction<LocalRule> causalRule(Tensor errors) {
        return length -> behindCells(errors, new LocalRules(settings.neuron(), length)::causal, length);
    }

    private LocalRule behindCells(Tensor errors, LocalRule rule, int length) {
        return settings.errorCells() == MicrocircuitSettings.ErrorCells.ANALOG
                ? rule
                : new ErrorCells(errors, settings.errorQuantum(), rule, length);
    }

    @Override
    Routine backward(Node node, UnrolledNetwork network, Kernel.Wiring wiring) {
        Tensor inputError = wiring.inputError();
        if (inputError == null || !settings.causal() && !settings.daleSplit()) {
            return super.backward(node, network, wiring);
        }
        Kernel.Wiring updates = new Kernel.Wiring(wiring.feedback(), wiring.error(), new Tensor[1], wiring.gradients());
        Routine learn = super.backward(node, network, updates);
        Tensor sent = settings.causal() ? unrolled("sent", node, network) : signals(node, network);
        Routine send = settings.causal()
                ? gate(node, network, wiring.error(), sent, null, causalRule(wiring.error()))
                : Routine.NOTHING;
        Kernel kernel = network.pass().kernel(node);
        Tensor weights = wiring.feedback().get(0);
        Routine down = settings.daleSplit()
                ? new DaleFeedback(kernel, context.arena(), node.name()).bind(sent, weights, inputError)
                : kernel.backward(new Kernel.Wiring(wiring.feedback(), sent, wiring.inputErrors(), new Tensor[1]));
        return learn.then(send).then(down);
    }

    @Override
    public Map<String, Tensor> feedback() {
        return feedback.byKey();
    }

    @Override
    public Map<String, Tensor> state() {
        return feedback.state();
    }
}
