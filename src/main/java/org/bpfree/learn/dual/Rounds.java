package org.bpfree.learn.dual;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Several visits of each layer, then one sweep of updates. What pulls a unit, and the error that it answers with, are kept from one visit to
 * the next. Layers above the first change their pre-activations as the means below them do, so the way up runs the network on the means.
 */
final class Rounds implements Routine {
    private final Pass pass;
    private final Arena arena;
    private final DualPropagationSettings settings;
    private final Set<Node> dyads;
    private final Function<Parameter, Tensor> update;
    private final Routine forget;
    private final Routine round;
    private final Routine learn;

    /**
     * Binds visits to a pass in which the units have their means as states.
     *
     * @param dyads the units with two states
     * @param update where a parameter's update goes
     */
    Rounds(
            Pass pass,
            Errors errors,
            Arena arena,
            DualPropagationSettings settings,
            Set<Node> dyads,
            Function<Parameter, Tensor> update) {
        this.pass = pass;
        this.arena = arena;
        this.settings = settings;
        this.dyads = dyads;
        this.update = update;
        List<Tensor> answers = dyads.stream().map(this::answer).toList();
        boolean down = settings.visits() == DualPropagationSettings.Visits.DOWN_UP;
        forget = () -> answers.forEach(answer -> answer.fill(0));
        round = ErrorSweep.bind(pass, errors, new Sweep(down, false)).then(up());
        learn = ErrorSweep.bind(pass, errors, new Sweep(false, true));
    }

    @Override
    public void run() {
        forget.run();
        for (int i = 0; i < settings.rounds(); i++) {
            round.run();
        }
        learn.run();
    }

    /** The error at the output of a unit, from the layer above. */
    private Tensor pull(Node unit) {
        return arena.batch("pull/" + unit.name(), pass.batch(), unit.shape());
    }

    /** The error at the input of a unit as of its last visit. */
    private Tensor answer(Node unit) {
        return arena.batch("answer/" + unit.name(), pass.batch(), unit.shape());
    }

    private Routine visit(Node unit, Tensor error) {
        Kernel.Wiring wiring = new Kernel.Wiring(List.of(), error, new Tensor[] {answer(unit)}, new Tensor[0]);
        return pass.kernel(unit).chord(wiring, settings.chord(pass.value(unit)));
    }

    private Routine up() {
        Set<Node> moving = new HashSet<>(dyads);
        List<Routine> visits = new ArrayList<>();
        for (Node node : pass.graph().nodes()) {
            if (dyads.contains(node)) {
                visits.add(visit(node, pull(node)));
            } else if (node.inputs().stream().anyMatch(moving::contains)) {
                moving.add(node);
                visits.add(pass.kernel(node)::forward);
            }
        }
        return () -> visits.forEach(Routine::run);
    }

    /** Errors of all layers, in which units answer as they did at their last visit, or are visited on the way. */
    private final class Sweep implements ErrorSweep.Rule {
        private final boolean visiting;
        private final boolean learning;

        Sweep(boolean visiting, boolean learning) {
            this.visiting = visiting;
            this.learning = learning;
        }

        @Override
        public Tensor update(Parameter parameter) {
            return learning ? update.apply(parameter) : null;
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            return pass.parameters().get(parameter);
        }

        @Override
        public boolean learnsLater(Node node) {
            return !learning && node.trainable();
        }

        @Override
        public Routine backward(Node node, Pass network, Kernel.Wiring wiring) {
            if (!dyads.contains(node)) {
                return ErrorSweep.Rule.super.backward(node, network, wiring);
            }
            Routine keep = learning ? Routine.NOTHING : Elementwise.copy(wiring.error(), pull(node));
            Routine visit = visiting ? visit(node, wiring.error()) : Routine.NOTHING;
            return keep.then(visit).then(Elementwise.copy(answer(node), wiring.inputError()));
        }
    }
}
