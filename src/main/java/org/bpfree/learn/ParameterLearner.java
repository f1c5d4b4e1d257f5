package org.bpfree.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.graph.Parameter;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.tensor.Tensor;

/** Base of learners that train parameters of a network: keeps what is trained, with its updates. */
public abstract class ParameterLearner implements Learner {
    /** What the learner was given. */
    protected final LearnerContext context;

    private final Map<Parameter, Tensor> updates = new LinkedHashMap<>();
    private final List<Trained> trained = new ArrayList<>();

    /** A learner that trains nothing yet. */
    protected ParameterLearner(LearnerContext context) {
        this.context = context;
    }

    /** Allocates updates for parameters of the network; called once by the constructor of a subclass. */
    protected final void train(List<Parameter> parameters) {
        train(parameters, Optional.empty());
    }

    /**
     * As {@link #train(List)}, for parameters that perhaps have an optimizer of their own.
     *
     * @param optimizer that moves them; empty for the experiment's
     */
    protected final void train(List<Parameter> parameters, Optional<OptimizerSettings> optimizer) {
        for (Parameter parameter : parameters) {
            Tensor value = context.parameters().get(parameter);
            Tensor update = Tensor.zeros(value.precision(), value.shape());
            updates.put(parameter, update);
            trained.add(new Trained(
                    parameter.key(),
                    value,
                    update,
                    parameter.carriesErrors() ? Trained.Kind.WEIGHTS : Trained.Kind.OTHER,
                    optimizer,
                    1));
        }
    }

    /** Adds a tensor that the learner trains for itself. */
    protected final void trainOwn(String name, Tensor value, Tensor update) {
        train(new Trained(name, value, update, Trained.Kind.FEEDBACK));
    }

    /** Adds a tensor that the learner trains for itself, of a kind of its own and perhaps with an optimizer of its own. */
    protected final void train(Trained own) {
        trained.add(own);
    }

    /** The update of a parameter, or null when it is not trained. */
    protected final Tensor update(Parameter parameter) {
        return updates.get(parameter);
    }

    @Override
    public final List<Trained> trained() {
        return trained;
    }

    @Override
    public long scratchBytes() {
        return context.arena().byteSize();
    }
}
