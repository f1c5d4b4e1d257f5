package org.bpfree.run;

import java.util.Map;
import java.util.Optional;
import org.bpfree.data.BatchStream;
import org.bpfree.data.BatchStream.Arrangement;
import org.bpfree.data.Normalizer;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Parameters;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.measure.BackpropReference;
import org.bpfree.measure.StepBenchmark;
import org.bpfree.measure.StepRecorder;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;
import org.bpfree.train.Evaluator;
import org.bpfree.train.LossBound;
import org.bpfree.train.MaxNorm;
import org.bpfree.train.Optimizer;
import org.bpfree.train.OrthogonalityPenalty;
import org.bpfree.train.Snapshot;
import org.bpfree.train.StepNoise;
import org.bpfree.train.TrainingStep;

/**
 * The working parts of an experiment, put together: network, learner, optimizer and the memory they share.
 *
 * @param experiment what they were made from
 * @param context what the learner was given: network, values, loss, scratch
 * @param learner credit assignment
 * @param optimizer moves what the learner trains
 * @param slot the memory batches are filled into
 * @param noise random numbers of the training step
 */
public record Workbench(
        Experiment experiment,
        LearnerContext context,
        Learner learner,
        Optimizer optimizer,
        LabelledImages.Slot slot,
        StepNoise noise) {
    /** The parts of a checked experiment, with initial values drawn from its seed. */
    public static Workbench of(Experiment experiment) {
        return of(experiment, Optional.empty());
    }

    /** As {@link #of(Experiment)}, with first values from an archive where it has them. */
    public static Workbench of(Experiment experiment, Optional<InitialWeights> init) {
        return of(experiment, init, Visibility.UPDATES);
    }

    /** What is looked at after a step; the more it is, the more memory and passes over it the step takes. Numbers are the same. */
    public enum Visibility {
        /** Updates and scores: nodes are fused, and errors make room for others. */
        UPDATES,
        /** The errors of nodes, too, which are fused. */
        ERRORS,
        /** Every node of the network by itself. */
        NODES
    }

    /** As {@link #of(Experiment, Optional)}, for those who look at more than updates. */
    public static Workbench of(Experiment experiment, Optional<InitialWeights> init, Visibility visibility) {
        return of(experiment, init, visibility, Optional.empty());
    }

    /**
     * As {@link #of(Experiment, Optional)}, where classes have weights in the loss that is learned from.
     *
     * @param classWeights one a class
     */
    static Workbench of(Experiment experiment, Optional<InitialWeights> init, Optional<double[]> classWeights) {
        return of(experiment, init, Visibility.UPDATES, classWeights);
    }

    private static Workbench of(
            Experiment experiment,
            Optional<InitialWeights> init,
            Visibility visibility,
            Optional<double[]> classWeights) {
        Graph graph = ModelCheck.graph(experiment);
        Precision precision = experiment.training().precision();
        Parameters parameters = Parameters.initialize(graph.parameters(), precision, experiment.seed());
        // Before the learner is made: its own tensors may begin as copies of the weights.
        init.ifPresent(weights -> weights.load(graph, parameters));
        StepNoise noise = new StepNoise(experiment.seed());
        Arena arena = visibility == Visibility.UPDATES ? Arena.sharing(precision) : new Arena(precision);
        LearnerContext plain = LearnerContext.of(graph, parameters, experiment.loss(), arena, noise, experiment.seed());
        LearnerContext weighted = classWeights.map(plain::weighted).orElse(plain);
        LearnerContext context = visibility == Visibility.NODES ? weighted : weighted.withFusedNodes();
        Learner learner = ModelCheck.chosen(experiment.learner()).create(context);
        init.ifPresent(weights -> weights.load(learner, parameters));
        return new Workbench(
                experiment,
                context,
                learner,
                new Optimizer(experiment.optimizer(), learner.trained()),
                new LabelledImages.Slot(precision, experiment.training().batchSize(), graph.imageShape()),
                noise);
    }

    /** The network. */
    public Graph graph() {
        return context.graph();
    }

    /** The values of the network. */
    public Parameters parameters() {
        return context.parameters();
    }

    /** Steps of training, shown to an observer. */
    public TrainingStep trainingStep(TrainingStep.Observer observer) {
        return trainingStep(lossBound(), observer);
    }

    /** The loss above which training has diverged. */
    LossBound lossBound() {
        return new LossBound(experiment.training().divergenceFactor(), learner.guessingLoss(context.loss()));
    }

    private TrainingStep trainingStep(LossBound bound, TrainingStep.Observer observer) {
        return new TrainingStep(
                learner,
                new OrthogonalityPenalty(experiment.orthogonality(), learner.trained()),
                optimizer,
                new MaxNorm(experiment.training().maxNorm(), learner.trained()),
                slot,
                noise,
                experiment.training().reduction(),
                bound,
                observer);
    }

    /** The training images in the batches and the order of the experiment. */
    public static BatchStream trainingBatches(Experiment experiment, Splits splits) {
        return new BatchStream(
                splits.train(),
                splits.normalizer(),
                experiment.data().augment(),
                experiment.training().batchSize(),
                experiment.seed(),
                Arrangement.of(experiment.data().order(), splits.train()));
    }

    /** Copies steps beside backpropagation's. */
    public StepRecorder recorder() {
        return new StepRecorder(context, learner, reference());
    }

    /** Gradients of backpropagation on the network as the learner runs it. */
    public BackpropReference reference() {
        LearnerSettings settings = ModelCheck.reference(experiment.learner());
        return new BackpropReference(
                context, other -> ModelCheck.chosen(settings).create(other));
    }

    /** A benchmark of training steps on random images; no data is read. */
    public StepBenchmark benchmark() {
        return new StepBenchmark(
                trainingStep(LossBound.NONE, TrainingStep.Observer.NONE),
                graph().imageShape(),
                graph().classes(),
                experiment.training().batchSize(),
                experiment.data().augment());
    }

    /** Measures predictions on images normalized as given. */
    public Evaluator evaluator(Normalizer normalizer) {
        Loss plain = new Loss(context.lossFunction(), graph().classes());
        return new Evaluator(learner, slot, plain, normalizer);
    }

    /** All tensors from which training goes on. */
    Map<String, Tensor> runTensors() {
        return Snapshot.ofRun(parameters(), learner, optimizer);
    }

    /** The tensors from which predictions follow. */
    Map<String, Tensor> modelTensors() {
        return Snapshot.ofModel(parameters(), learner);
    }

    /** All tensors under the names of NumPy archives. */
    public Map<String, Tensor> namedTensors() {
        return Snapshot.ofArchive(parameters(), learner);
    }

    /** Numbers in the learner's own tensors, trained or not. */
    public long feedbackParameters() {
        long trained = learner.trained().stream()
                .filter(each -> each.own())
                .mapToLong(each -> each.value().size())
                .sum();
        return trained
                + learner.state().values().stream().mapToLong(Tensor::size).sum();
    }
}
