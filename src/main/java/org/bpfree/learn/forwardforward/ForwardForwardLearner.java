package org.bpfree.learn.forwardforward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.BoundLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Source;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Forward-Forward (Hinton, arXiv 2212.13345; his Matlab code of the supervised network): hidden layers learn by {@link Contrast} from images that show
 * their label and images that show a wrong one, and send nothing down; the {@link Readout} learns from the loss of the experiment on images that show
 * none. Losses are those of the readout.
 *
 * <p>Costs three forward passes and the gradients of all weights twice, 1.7 steps of backpropagation.
 */
final class ForwardForwardLearner extends BoundLearner {
    private static final double FIRST_MEAN = 0.5;

    private final ForwardForwardSettings settings;
    private final LabelForm form;
    private final Negatives negatives;
    private final List<Contrast> layers = new ArrayList<>();
    private final List<Contrast> telling; // whose goodness predicts
    private final Readout readout;
    private final Map<String, Tensor> means = new LinkedHashMap<>();

    /** A learner for all trainable parameters. */
    ForwardForwardLearner(ForwardForwardSettings settings, LearnerContext context) {
        this(settings, context, negatives(settings, context));
    }

    /** A learner with negative samples from somewhere else. */
    ForwardForwardLearner(ForwardForwardSettings settings, LearnerContext context, Negatives negatives) {
        super(context);
        this.settings = settings;
        this.negatives = negatives;
        form = form(settings, context);
        List<Stage> stages = Stage.hidden(context.graph());
        for (Stage stage : stages) {
            train(stage.weights().parameters());
            layers.add(new Contrast(settings, stage, context, means(stage)));
        }
        int first = settings.firstLayer() || stages.size() == 1 ? 0 : 1;
        telling = layers.subList(first, layers.size());
        readout = new Readout(stages.subList(first, stages.size() - 1), settings, context);
        train(context.graph().output().parameters(), settings.headOptimizer());
        readout.trained().forEach(this::train);
    }

    private Tensor means(Stage stage) {
        if (settings.peer() == 0) {
            return null;
        }
        Tensor mean = Tensor.zeros(context.arena().precision(), stage.activity().shape());
        mean.fill(FIRST_MEAN);
        means.put("peer/" + stage.activity().name(), mean);
        return mean;
    }

    static LabelForm form(ForwardForwardSettings settings, LearnerContext context) {
        if (settings.negatives() == Source.HYBRID) {
            return new NoLabels();
        }
        int classes = context.graph().classes();
        return switch (settings.label()) {
            case PIXELS -> new PixelLabels(classes, settings.labelStrength());
            case WAVE -> new WaveLabels(context.graph().imageShape(), classes, settings.labelStrength());
        };
    }

    private static Negatives negatives(ForwardForwardSettings settings, LearnerContext context) {
        int classes = context.graph().classes();
        return switch (settings.negatives()) {
            case HARD -> labelled(settings, context, WrongLabels.hard(classes));
            case UNIFORM -> labelled(settings, context, WrongLabels.uniform(classes));
            case PERMUTED -> labelled(settings, context, WrongLabels.permuted());
            case HYBRID -> new Hybrids(context.graph().imageShape(), context.noise());
        };
    }

    private static Negatives labelled(ForwardForwardSettings settings, LearnerContext context, WrongLabels labels) {
        return Negatives.labelled(form(settings, context), labels, context.noise());
    }

    /** The mean activity of each unit that peer normalization follows, {@code peer/NODE}. */
    @Override
    public Map<String, Tensor> state() {
        return means;
    }

    /** By how much the mean goodness of positive samples was above that of negative ones in the last batch, for each hidden layer. */
    @Override
    public Map<String, Double> measurements(LabelledImages batch) {
        Map<String, Double> apart = new LinkedHashMap<>();
        layers.forEach(layer -> apart.put("goodness/" + layer.stage().activity().name() + "/apart", layer.apart()));
        return apart;
    }

    /** A goodness is no score that a loss is made for. */
    @Override
    public double guessingLoss(Loss loss) {
        return settings.prediction() == ForwardForwardSettings.Prediction.GOODNESS ? 0 : super.guessingLoss(loss);
    }

    private NormalizedPass neutral(Tensor images, Kernel.Mode mode) {
        return new NormalizedPass(context, images, mode, context.arena());
    }

    private Tensor samples(String name, int count) {
        return context.arena().batch(name, count, context.graph().imageShape());
    }

    @Override
    protected Step bind(LabelledImages batch) {
        int size = batch.size();
        Tensor unlabelled = samples("neutral", size);
        NormalizedPass neutral = neutral(unlabelled, Kernel.Mode.TRAIN);
        Readout.Bound head = readout.new Bound(neutral.pass());
        Tensor error = context.arena()
                .batch("error/head", size, context.graph().output().shape());
        Tensor both = samples("contrast", 2 * size);
        NormalizedPass contrast = new NormalizedPass(
                context, both, Kernel.Mode.TRAIN, context.arena().scope("contrast"));
        Routine before = form.neutral(batch.images(), unlabelled);
        Routine after = head.teach(error, this::update)
                .then(form.embed(batch.images(), batch.labels(), both.first(size)))
                .then(negatives.bind(batch, head.scores(), both.slice(size, size)))
                .then(contrast::runHidden);
        for (Contrast layer : layers) {
            after = after.then(layer.learn(contrast.pass(), this::update));
        }
        return new Bound(batch, neutral, head, error, before, after, context);
    }

    @Override
    protected Prediction bindPrediction(LabelledImages batch) {
        return settings.prediction() == ForwardForwardSettings.Prediction.SOFTMAX
                ? bySoftmax(batch)
                : byGoodness(batch);
    }

    private Prediction bySoftmax(LabelledImages batch) {
        Tensor unlabelled = samples("neutral", batch.size());
        NormalizedPass pass = neutral(unlabelled, Kernel.Mode.PREDICT);
        Readout.Bound head = readout.new Bound(pass.pass());
        Routine before = form.neutral(batch.images(), unlabelled);
        return () -> {
            before.run();
            pass.run();
            head.score();
            return head.scores();
        };
    }

    private Prediction byGoodness(LabelledImages batch) {
        int classes = context.graph().classes();
        int size = batch.size();
        Tensor labelled = samples("neutral", size);
        int[] label = new int[size];
        Routine before = form.embed(batch.images(), label, labelled);
        NormalizedPass pass = neutral(labelled, Kernel.Mode.PREDICT);
        Tensor scores = context.arena()
                .batch("prediction", size, context.graph().output().shape());
        List<Tensor> goodness = new ArrayList<>();
        List<Routine> measuring = new ArrayList<>();
        for (Contrast layer : telling) {
            Tensor ofLayer = context.arena()
                    .batch("prediction/" + layer.stage().activity().name(), size, Shape.of(1));
            goodness.add(ofLayer);
            measuring.add(layer.goodness(pass.pass(), ofLayer.reshape(Shape.of(size))));
        }
        return () -> {
            for (int c = 0; c < classes; c++) {
                Arrays.fill(label, c);
                before.run();
                pass.runHidden();
                measuring.forEach(Routine::run);
                for (int n = 0; n < size; n++) {
                    double sum = 0;
                    for (Tensor ofLayer : goodness) {
                        sum += ofLayer.at(n);
                    }
                    scores.set(n * classes + c, sum);
                }
            }
            return scores;
        };
    }

    private record Bound(
            LabelledImages batch,
            NormalizedPass neutral,
            Readout.Bound head,
            Tensor error,
            Routine before,
            Routine after,
            LearnerContext context)
            implements Step {
        @Override
        public Loss.Result learn() {
            before.run();
            neutral.run();
            head.score();
            Loss.Result result = context.loss().evaluate(head.scores(), batch.targets(), error, null);
            after.run();
            return result;
        }

        @Override
        public Map<String, Tensor> activations() {
            Pass pass = neutral.pass();
            Map<String, Tensor> activations = new LinkedHashMap<>();
            for (Node node : pass.graph().nodes()) {
                activations.put(node.name(), pass.activation(node));
            }
            return activations;
        }

        @Override
        public Map<String, Tensor> errors() {
            return Map.of(context.graph().output().name(), error);
        }
    }
}
