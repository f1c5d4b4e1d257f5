package org.bpfree.learn.dtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Difference target propagation (Lee, Zhang, Fischer and Bengio, <i>Difference Target Propagation</i>, arXiv 1412.7525, 2015; Ernoult et al.,
 * <i>Towards Scaling Difference Target Propagation by Learning Backprop Targets</i>, arXiv 2201.13415, 2022). A stage {@code F(l)} is a layer
 * with what follows it up to the next layer; {@code G(l)} goes back from its output {@code s(l)} to its input:
 *
 * <pre>
 *   t(L)   = s(L) - beta dloss/ds(L)                  target of the scores
 *   t(l-1) = s(l-1) + G(l)(t(l)) - G(l)(s(l))
 *   dW(l)  = gradient of |s(l) - t(l)|^2 / 2 through stage l alone
 * </pre>
 *
 * <p>Before the network learns from a batch, each inverse takes some updates on it, stage by stage, see {@link InverseLesson}. With {@code
 * G(t) - G(s)} replaced by the backward of the stage and {@code B = W} this is {@code beta} times backpropagation.
 *
 * <p>An update of an inverse costs at most four times the multiply-adds of a forward through its stage.
 */
final class DtpLearner extends GraphLearner {
    private final DtpSettings settings;
    private final Map<Node, Inverse> inverses = new LinkedHashMap<>(); // by the layer of the stage
    private final List<Inverse> lessons = new ArrayList<>(); // of each update of a batch but the last
    private final List<String> streams = new ArrayList<>(); // of their noise
    private final List<Trained> network;
    private final Map<Inverse, List<Trained>> moved = new LinkedHashMap<>(); // in the order of the network

    /** A learner for all trainable parameters. */
    DtpLearner(DtpSettings settings, LearnerContext context) {
        super(context);
        this.settings = settings;
        train(context.graph().trainableParameters());
        network = List.copyOf(trained());
        List<Stage> stages = Stage.invertedOf(context.graph());
        boolean learned = settings.feedback() == DtpSettings.Feedback.LEARNED;
        for (int place = 0; place < stages.size(); place++) {
            Stage stage = stages.get(place);
            Inverse inverse = learned
                    ? learned(stage, place)
                    : new Inverse(stage, place, context.parameters().get(stage.weights()), null, null, null);
            inverses.put(stage.layer(), inverse);
            for (int i = 0; i < settings.updatesOf(place) && learned; i++) {
                streams.add("dtp/" + stage.layer().name() + "/" + lessons.size());
                lessons.add(inverse);
            }
        }
    }

    private Inverse learned(Stage stage, int place) {
        String name = "feedback/" + stage.weights().key();
        Tensor weights = Tensor.of(
                context.arena().precision(),
                stage.weights().spec().shape(),
                InitialValues.draw(stage.weights().spec(), RandomStream.of(context.seed(), name)));
        Trained ofWeights = own(name, weights, place);
        List<Trained> all = new ArrayList<>(List.of(ofWeights));
        Inverse inverse = new Inverse(stage, place, weights, ofWeights.update(), null, null);
        if (settings.biased()) {
            Shape features = Shape.of(stage.input().shape().extent(-1));
            Trained ofBias = own(
                    "feedback/" + stage.layer().name() + "/bias",
                    Tensor.zeros(context.arena().precision(), features),
                    place);
            all.add(ofBias);
            inverse = new Inverse(stage, place, weights, ofWeights.update(), ofBias.value(), ofBias.update());
        }
        all.forEach(this::train);
        moved.put(inverse, all);
        return inverse;
    }

    private Trained own(String name, Tensor value, int place) {
        Tensor update = Tensor.zeros(value.precision(), value.shape());
        return new Trained(
                name, value, update, Trained.Kind.FEEDBACK, settings.feedbackOptimizer(), settings.rateOf(place));
    }

    @Override
    public int updatesPerBatch() {
        return lessons.size() + 1;
    }

    @Override
    public List<Trained> moved(int update) {
        return update < lessons.size() ? moved.get(lessons.get(update)) : network;
    }

    @Override
    public Map<String, Tensor> feedback() {
        Map<String, Tensor> feedback = new LinkedHashMap<>();
        for (Inverse inverse : moved.keySet()) {
            feedback.put(inverse.stage().weights().key(), inverse.weights());
        }
        return feedback;
    }

    @Override
    protected Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        Map<Inverse, InverseLesson> bound = new HashMap<>();
        moved.keySet().forEach(each -> bound.put(each, new InverseLesson(settings, context, each, pass)));
        Routine learn = Elementwise.scale(errors.output(), settings.beta(), errors.output())
                .then(ErrorSweep.bind(pass, errors, new TargetRule()));
        return new Credit() {
            @Override
            public void assign() {
                assignMore(0);
            }

            @Override
            public void assignMore(int update) {
                if (update < lessons.size()) {
                    bound.get(lessons.get(update)).run(context.noise().stream(streams.get(update)));
                } else {
                    learn.run();
                }
            }
        };
    }

    /** The wiring of a layer whose inverse's weights carry a change down. */
    static Kernel.Wiring through(Inverse inverse, Tensor change, Tensor below) {
        int parameters = inverse.stage().layer().parameters().size();
        return new Kernel.Wiring(
                Collections.nCopies(parameters, inverse.weights()),
                change,
                new Tensor[] {below},
                new Tensor[parameters]);
    }

    /** How the distances {@code s(l) - t(l)} travel down, in the place of errors. */
    private final class TargetRule implements ErrorSweep.Rule {
        private final Map<Node, Tensor> changes = new HashMap<>(); // h(s) - h(t), by the layer of the stage

        @Override
        public Tensor update(Parameter parameter) {
            return DtpLearner.this.update(parameter);
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            return inverses.values().stream()
                    .filter(inverse -> inverse.stage().weights() == parameter)
                    .map(Inverse::weights)
                    .findFirst()
                    .orElseGet(() -> context.parameters().get(parameter));
        }

        @Override
        public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            Routine before = inverses.values().stream()
                    .filter(inverse -> inverse.stage().top() == node && curved(inverse.stage()))
                    .map(inverse -> change(inverse.stage(), pass, wiring.error()))
                    .findFirst()
                    .orElse(Routine.NOTHING);
            Tensor change = changes.get(node);
            if (change == null) {
                return before.then(pass.kernel(node).backward(wiring));
            }
            Kernel.Wiring updatesOnly =
                    new Kernel.Wiring(wiring.feedback(), wiring.error(), new Tensor[1], wiring.gradients());
            return pass.kernel(node)
                    .backward(updatesOnly)
                    .then(pass.kernel(node).backward(through(inverses.get(node), change, wiring.inputError())));
        }

        /** Whether the inverse answers a distance in another way than the backward of the stage does. */
        private boolean curved(Stage stage) {
            return settings.inverse() == DtpSettings.InverseForm.MIRROR && !stage.linearAbove();
        }

        private Routine change(Stage stage, Pass pass, Tensor distance) {
            Undoing undoing = new Undoing(stage, true, context.arena().scope("dtp"), pass.batch());
            Tensor reached = pass.activation(stage.top());
            Tensor target = context.arena()
                    .scope("dtp")
                    .batch(
                            "target/" + stage.layer().name(),
                            pass.batch(),
                            stage.top().shape());
            Undoing.Result change = undoing.change("target", reached, pass::kernel, target, pass::kernel);
            changes.put(stage.layer(), change.tensor());
            return Elementwise.subtract(reached, distance, target).then(change.routine());
        }
    }
}
